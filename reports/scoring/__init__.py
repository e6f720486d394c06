"""The scoring core: pure functions from answers to numbers and words. Knows no Django, no clock, no chance."""

from reports.scoring.agreement import Agreement, Deviation, ad_m, agreement_word, is_split
from reports.scoring.change import ReliableChange, reliable_change
from reports.scoring.groups import GroupScore, group_score, half_width, published_range, typical_sd
from reports.scoring.levels import display, level
from reports.scoring.method import LEVELS, METHOD, Level, Method, Reason
from reports.scoring.scores import ConditionScores, condition_scores
from reports.scoring.shares import Favourable, favourable, whole_percentages

__all__ = [
    "LEVELS",
    "METHOD",
    "Agreement",
    "ConditionScores",
    "Deviation",
    "Favourable",
    "GroupScore",
    "Level",
    "Method",
    "Reason",
    "ReliableChange",
    "ad_m",
    "agreement_word",
    "condition_scores",
    "display",
    "favourable",
    "group_score",
    "half_width",
    "is_split",
    "level",
    "published_range",
    "reliable_change",
    "typical_sd",
    "whole_percentages",
]
