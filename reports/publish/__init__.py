"""From answers to what is said of them: one pass at close, pure, always the same for the same answers."""

from reports.publish.edition import Publication, PublishedComment, PublishedSlice, publish
from reports.publish.kept import KeptCell, KeptPicks, kept_cells, kept_picks
from reports.publish.responses import BLANK, DONT_KNOW, Responses, set_aside

__all__ = [
    "BLANK",
    "DONT_KNOW",
    "KeptCell",
    "KeptPicks",
    "Publication",
    "PublishedComment",
    "PublishedSlice",
    "Responses",
    "kept_cells",
    "kept_picks",
    "publish",
    "set_aside",
]
