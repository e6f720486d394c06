"""From answers to what is said of them: one pass at close, pure, always the same for the same answers."""

from reports.publish.edition import CommentText, LabelledSlice, Publication, publish_edition
from reports.publish.kept import CellAnswers, PickPairs, cell_answers, pick_pairs
from reports.publish.responses import BLANK, DONT_KNOW, Responses, set_aside

__all__ = [
    "BLANK",
    "DONT_KNOW",
    "CellAnswers",
    "CommentText",
    "LabelledSlice",
    "PickPairs",
    "Publication",
    "Responses",
    "cell_answers",
    "pick_pairs",
    "publish_edition",
    "set_aside",
]
