"""The scoring core: pure functions from answers to numbers and words. Knows no Django, no clock, no chance."""

from reports.scoring.change import ReliableChange, reliable_change
from reports.scoring.levels import display, level
from reports.scoring.method import LEVELS, METHOD, Level, Method, Reason
from reports.scoring.scores import ConditionScores, condition_scores

__all__ = [
    "LEVELS",
    "METHOD",
    "ConditionScores",
    "Level",
    "Method",
    "Reason",
    "ReliableChange",
    "condition_scores",
    "display",
    "level",
    "reliable_change",
]
