"""From answers to what is said of them: one pass at close, pure, always the same for the same answers."""

from reports.publish.edition import CommentText, LabelledSlice, Publication, publish_edition
from reports.publish.responses import BLANK, DONT_KNOW, Responses, set_aside

__all__ = [
    "BLANK",
    "DONT_KNOW",
    "CommentText",
    "LabelledSlice",
    "Publication",
    "Responses",
    "publish_edition",
    "set_aside",
]
