"""The scoring core: pure functions from answers to numbers and words. Knows no Django, no clock, no chance."""

from reports.scoring.agreement import (
    Agreement,
    Deviation,
    ad_m,
    ad_m_of_counts,
    agreement_word,
    camps,
    has_two_camps,
    is_split,
)
from reports.scoring.change import ReliableChange, reliable_change
from reports.scoring.compare import (
    DifferenceWord,
    MeanDifference,
    Side,
    adjusted_together,
    benjamini_hochberg,
    mean_difference,
)
from reports.scoring.consistency import Alpha, alpha_interval, alpha_of_length, cronbach_alpha, item_rest_correlations
from reports.scoring.groups import GroupScore, group_score, half_width, published_range, smoothed_sd, typical_sd
from reports.scoring.icc import IntraclassCorrelation, intraclass_correlation
from reports.scoring.levels import display, level, out_of_100
from reports.scoring.method import LEVELS, METHOD, Level, Method, Reason
from reports.scoring.scores import CellKey, ConditionScores, condition_scores, person_scores
from reports.scoring.shares import Favourable, favourable, whole_percentages
from reports.scoring.spread import sd_class

__all__ = [
    "LEVELS",
    "METHOD",
    "Agreement",
    "Alpha",
    "CellKey",
    "ConditionScores",
    "Deviation",
    "DifferenceWord",
    "Favourable",
    "GroupScore",
    "IntraclassCorrelation",
    "Level",
    "MeanDifference",
    "Method",
    "Reason",
    "ReliableChange",
    "Side",
    "ad_m",
    "ad_m_of_counts",
    "adjusted_together",
    "agreement_word",
    "alpha_interval",
    "alpha_of_length",
    "benjamini_hochberg",
    "camps",
    "condition_scores",
    "cronbach_alpha",
    "display",
    "favourable",
    "group_score",
    "half_width",
    "has_two_camps",
    "intraclass_correlation",
    "is_split",
    "item_rest_correlations",
    "level",
    "mean_difference",
    "out_of_100",
    "person_scores",
    "published_range",
    "reliable_change",
    "sd_class",
    "smoothed_sd",
    "typical_sd",
    "whole_percentages",
]
