"""From answers to what is said of them: one pass at close, pure, always the same for the same answers."""

from reports.publish.edition import Publication, PublishedSlice, publish
from reports.publish.responses import Responses, set_aside

__all__ = ["Publication", "PublishedSlice", "Responses", "publish", "set_aside"]
