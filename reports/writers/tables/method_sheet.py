"""How every figure of a workbook follows from those beside it, in words and as formulas written out.

Whoever reads it can work each of them out again, with Excel or on paper.
"""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.words import decimal, paragraph
from diagnostics.surveys.recipes import own_version_of
from reports.comparisons.first_method import ALIKE, APART, LEAST_GROUPS
from reports.editions.models import Edition
from reports.publish.bars import FEW
from reports.readings.comparison.comparison import ComparisonReading
from reports.readings.heatmap import legend
from reports.readings.survey.slice import SliceReading
from reports.writers.tables.columns import Value

Line = tuple[str, str, Value, str]  # part, what, value or formula, in words

PARAMETER_WORDS = {
    "version": gettext_lazy("Version of the method"),
    "lowest": gettext_lazy("Lowest rating"),
    "highest": gettext_lazy("Highest rating"),
    "min_share": gettext_lazy("Share of a cell’s statements that a person must have rated to have a score in it"),
    "deep_from": gettext_lazy("Statements from which a cell is asked in depth; below it is brief"),
    "eps": gettext_lazy("Tolerance of every comparison with a limit"),
    "conf": gettext_lazy("How sure every range and interval is"),
    "bands": gettext_lazy("Borders of the levels, on the score as shown"),
    "level_conf": gettext_lazy("How sure the two level words are between which a level lies"),
    "ends": gettext_lazy("Beyond these a score is told, and compared, only where all of it rests on tens"),
    "k_team": gettext_lazy("Smallest group shown, where a survey does not ask for more"),
    "k_shared": gettext_lazy("Smallest group shown in a survey by shared link"),
    "min_compared": gettext_lazy("Fewest people on either side of a difference"),
    "typical_sds": gettext_lazy("Typical spread of people’s scores inside a group, for 1, 2, … 6 or more statements"),
    "nu0": gettext_lazy("Weight of the typical spread, in degrees of freedom"),
    "wide_sds": gettext_lazy("Spread that is taken where views differ: in depth; brief"),
    "ad_close": gettext_lazy("People agree closely up to this average distance, less the allowance"),
    "ad_wide": gettext_lazy("Views differ beyond this average distance and the allowance"),
    "ad_allowances": gettext_lazy("Allowance for chance, over the square root of people: in depth; brief"),
    "camp_ends": gettext_lazy("Two camps: low below, high from; in brief cells up to, from"),
    "camp_people": gettext_lazy("People from which two camps are looked for"),
    "camp_share": gettext_lazy("Share of the people that each of two camps needs"),
    "camp_least": gettext_lazy("Fewest people in each of two camps"),
    "act_score": gettext_lazy("Act first: up to this score"),
    "act_high": gettext_lazy("Act first: the range ends below this"),
    "important": gettext_lazy("Share of people to whom a condition must matter most"),
    "picks_share": gettext_lazy("Share of people who must have said what matters most, for it to count"),
    "target": gettext_lazy("Where a condition is firmly in place: used to tell what to act on first"),
    "act_most": gettext_lazy("Act first: cells named at most"),
    "talk_most": gettext_lazy("Talk first: cells named at most"),
    "top_cells": gettext_lazy("Stands out: cells with a score at least"),
    "top_most": gettext_lazy("Stands out: cells named at most"),
    "top_lead": gettext_lazy("Stands out: above the average of the others at least"),
    "top_z": gettext_lazy("Stands out: above the average of the others, in standard errors"),
    "statement_sd": gettext_lazy("Usual spread of how hard statements are to agree with"),
    "break_least": gettext_lazy("Smallest break between two spaces"),
    "own_share": gettext_lazy("How alike one person’s views of two spaces are"),
    "break_signals": gettext_lazy("Share of false breaks among those named (Benjamini and Hochberg)"),
    "judge_people": gettext_lazy("Could not judge: people who answered at least"),
    "judge_least": gettext_lazy("Could not judge: people at least"),
    "judge_usual": gettext_lazy("Could not judge: share that is nothing to tell"),
    "judge_p": gettext_lazy("Could not judge: chance up to which more than that is told"),
    "delta": gettext_lazy("Smallest difference worth naming"),
    "chance": gettext_lazy("Chance up to which a single difference is named"),
    "false_signals": gettext_lazy("Share of false signals among those named (Benjamini and Hochberg)"),
    "many_cells": gettext_lazy("Comparisons in one view from which false signals are held down"),
    "class_weight": gettext_lazy("Weight of the typical spread in that of a survey, in degrees of freedom"),
    "class_groups": gettext_lazy("Groups from which a survey has a spread of its own"),
    "class_people": gettext_lazy("People from which a survey has a spread of its own"),
    # of method 1.0
    "s0": gettext_lazy("Typical spread: the standard deviation of people’s scores inside a group"),
    "s0_few": gettext_lazy("Typical spread where a cell asks few statements"),
    "s0_statements": gettext_lazy("Statements of a cell from which they are not few"),
    "split_people": gettext_lazy("People from which two camps are looked for"),
    "split_share": gettext_lazy("Share of the people that each of two camps needs"),
}
NOT_USED = gettext_lazy("Of other reports; not used here")


def heads() -> tuple[str, str, str, str]:
    return _("Part"), _("What"), _("Value or formula"), _("In words")


def slice_method(reading: SliceReading, name: str) -> list[Line]:
    edition = reading.edition
    return [
        *_about(reading, name, people=reading.slice.n, turnout=reading.turnout),
        *_given(reading.k),
        *_of_every_cell(edition),
        *_own_spread(edition),
        *_parameters(edition),
    ]


def comparison_method(reading: ComparisonReading) -> list[Line]:
    edition = reading.edition
    return [
        *_about(reading, reading.title, people=reading.people),
        *_given(reading.k),
        *_of_every_cell(edition),
        *_own_spread(edition),
        *(_counted_together() if any(group.is_grouping for group in reading.groups) else ()),
        *(_differences(reading) if reading.has_differences else ()),
        *_parameters(edition),
    ]


def _about(reading: SliceReading | ComparisonReading, name: str, *, people: int, turnout: str = "") -> list[Line]:
    part, edition, survey = _("This file"), reading.edition, reading.survey
    return [
        (part, _("Survey"), survey.title, ""),
        (part, _("Report"), name, ""),
        (part, _("People"), people, _("People whose views are in it, at one moment, to start a conversation.")),
        *([(part, _("Share of those asked"), turnout, _("In the groups that are in it."))] if turnout else []),
        (part, _("Closed"), date_format(edition.cut_off, _("j F Y, H:i T")), _("No answer given later is in it.")),
        *([(part, _("Checklist"), own.name, own.words)] if (own := own_version_of(survey)) else []),
        (part, _("Edition"), edition.number, _("Its figures never change.")),
        (part, _("Method"), edition.method_version, _("The version of the rules that are written out below.")),
        (part, _("Code"), edition.ledger["code"], _("The version of the program that applied them.")),
        (part, _("Smallest group"), edition.ledger["k"], _("Nothing is shown of fewer people than this.")),
        (part, _("Check sum"), edition.content_hash, _("Of all that was published in this edition (SHA-256).")),
        (part, _("Check sum of the questions"), edition.ledger["checklist"], _("Of the statements that were asked.")),
    ]


def _given(k: str) -> list[Line]:
    part = _("Given")
    return [
        (
            part,
            _("Score"),
            _("sum of people’s scores / people"),
            _(
                "The average of the people in the cell, each counting the same, to one decimal, halves up. A person’s "
                "score is the average of what they rated; they need half of the statements. Answers leave with the "
                "close of the survey, so this is where every other figure begins."
            ),
        ),
        (
            part,
            _("Score is at an end"),
            "≤ 1.5, ≥ 4.5",
            _("What lies beyond is told only where all groups in a cell have, or are joined to, ten people or more."),
        ),
        (
            part,
            _("Agreement"),
            _("close, as usual in groups, views differ, two camps"),
            _("From how far the answers lie from their average; two camps are told only of ten people or more."),
        ),
        (
            part,
            _("People in the cell"),
            None,
            _(
                "Those with a score in it. Leaders of a group and people added later are in the figures and in no "
                "number, so that nobody can tell whether they answered."
            ),
        ),
        (
            part,
            _("Groups left out"),
            None,
            _("Fewer than %(k)s of a group could rate the cell, so the group is in none of its figures.") % {"k": k},
        ),
        (
            part,
            _("A word without a score"),
            _("the level of the average; the average is not told"),
            _(
                "Of fewer than thirty people, where a cell rests on one statement, where people came in by an open "
                "link, or where nearly the same people were asked shortly before. Such a cell has no range, no "
                "agreement and no camps, and it is in no finding, no list and no comparison."
            ),
        ),
        (
            part,
            _("People left out"),
            None,
            _(
                "People in groups that have a word of their own in this cell and no score. What stands here rests on "
                "the others: a score where they are three quarters of all, elsewhere a word. Where the others are "
                "fewer than half, the word is that of the people without a score, and the others are left out."
            ),
        ),
        (
            part,
            _("Too few"),
            None,
            _("Fewer than %(k)s people have a score in the cell, so it is hidden to protect them.") % {"k": k},
        ),
        (
            part,
            _("Shares"),
            _("per cent, in steps of ten below thirty people, else of five"),
            _(
                "Each is rounded by itself, so they need not add up to 100. A class of %(few)s people or fewer is "
                "joined with its neighbour, a few who don’t know with the middle of the scale; where that would still "
                "tell who is missing, there are no shares. Editions made before code 3 leave such classes without a "
                "number."
            )
            % {"few": FEW},
        ),
    ]


def _of_every_cell(edition: Edition) -> list[Line]:
    part, values = _("Every cell"), edition.parameters
    nu = _whole(values["nu0"] - 1)
    levels = "; ".join(f"{level.label}: {level.borders}" for level in legend(values["bands"]))
    return [
        (part, _("Level"), levels, _("From the score as shown, so that word and number agree; 1 to 4 in this order.")),
        *(_two_words(values) if "level_conf" in values else ()),
        (
            part,
            _("Score on 0–100"),
            _("100 × (score − %(lowest)s) / %(steps)s")
            % {"lowest": values["lowest"], "steps": values["highest"] - values["lowest"]},
            _("A whole number, halves up. It is not a percentage."),
        ),
        (
            part,
            _("Likely range"),
            _("score ± t × spread / √people; t = t(%(quantile)s; people + %(nu)s)")
            % {"quantile": _quantile(values), "nu": nu},
            paragraph(
                _(
                    "If similar people had answered, we would expect the average to lie here. It is cut to the scale, "
                    "then shown with one decimal, halves up. In Excel: T.INV.2T(%(error)s, people + %(nu)s). Where the "
                    "spread is the group’s own, the range was made when the survey closed and is given."
                )
                % {"error": _plain(1 - values["conf"]), "nu": nu},
                *_beyond_ends(edition),
            ),
        ),
        (
            part,
            _("Typical spread"),
            _typical_spread(values),
            _("Used where a cell does not rest on ten people of the same groups: their spread would tell too much."),
        ),
    ]


def _beyond_ends(edition: Edition) -> tuple[str, ...]:
    if edition.is_of_first_method:
        return ()
    return (_("Where a score reads “or more” or “or less”, the range goes on to that end of the scale."),)


def _two_words(values: dict) -> list[Line]:
    formula = _("levels of score ± t × spread / √people; t = t(%(quantile)s; people + %(nu)s)")
    return [
        (
            _("Every cell"),
            _("Two words"),
            formula % {"quantile": _plain(0.5 + values["level_conf"] / 2), "nu": _whole(values["nu0"] - 1)},
            _("With so many people the group’s own level probably lies between these two words."),
        )
    ]


def _typical_spread(values: dict) -> str:
    if "s0" in values:  # method 1.0
        return _("%(many)s; %(few)s with fewer than %(statements)s statements; %(differ)s where views differ") % {
            "many": decimal(values["s0"], 2),
            "few": decimal(values["s0_few"], 2),
            "statements": values["s0_statements"],
            "differ": "1.00",
        }
    typical = ", ".join(decimal(one, 2) for one in values["typical_sds"])
    deep, brief = (decimal(one, 2) for one in values["wide_sds"])
    return _("%(typical)s with 1, 2, … 6 or more statements; where views differ %(deep)s, in brief cells %(brief)s") % {
        "typical": typical,
        "deep": deep,
        "brief": brief,
    }


def _own_spread(edition: Edition) -> list[Line]:
    nu = _whole(edition.parameters["nu0"] - 1)
    formula = _("max(score − range from, range to − score) × √people / t(%(quantile)s; people + %(nu)s)") % {
        "quantile": _quantile(edition.parameters),
        "nu": nu,
    }
    words = _(
        "Where a cell is said to have its own spread, this is what the wider half of the printed range gives back; the "
        "other half may have been cut to the scale. Where a score reads “or more”, it is the half below it; where it "
        "reads “or less”, the half above. The sheets show it with two decimals."
    )
    of_differences = _("Differences use it unrounded.") if edition.is_of_first_method else ""
    return [(_("Every cell"), _("Its own spread"), formula, " ".join(filter(None, [words, of_differences])))]


def _counted_together() -> list[Line]:
    part = _("Your own grouping")
    return [
        (
            part,
            _("Score"),
            _("sum of (score × people) / sum of people"),
            _(
                "Over the parts named on the sheet of groups, with the figures of the sheet of parts; hidden cells and "
                "cells with a word and no score are left out. One decimal, halves up. Where no part has a score, it is "
                "the word that all of them have, if they have the same."
            ),
        ),
        (part, _("People in the cell"), _("sum of people"), _("Over the parts that are shown in this cell.")),
        (part, _("Groups left out"), _("sum of groups left out + hidden parts"), ""),
        (
            part,
            _("People left out"),
            _("sum of people left out + people of parts without a score"),
            _("The second only where another part has one."),
        ),
        (
            part,
            _("Views differ"),
            _("yes where they differ in any part"),
            _("The range is then made with that spread. Agreement and camps are not told of groups counted together."),
        ),
    ]


def _differences(reading: ComparisonReading) -> list[Line]:
    return _first_differences(reading.edition) if reading.is_of_first_method else _judged_differences(reading.edition)


def _judged_differences(edition: Edition) -> list[Line]:
    part, values = _("Differences"), edition.parameters
    quantile, (low, high) = _quantile(values), values["ends"]
    return [
        (
            part,
            _("Everybody else"),
            _("sum of (score × people) / sum of people"),
            _(
                "Given: over all groups of the report of which nobody is in the group, each score cut to "
                "%(low)s–%(high)s, cells without a score left out. One decimal, halves up. This file names no group "
                "that was not chosen, so these figures begin here."
            )
            % {"low": low, "high": high},
        ),
        (
            part,
            _("Groups left out that differ most"),
            None,
            _(
                "The group that is most unlike the others leaves everybody else, if its p is at most %(chance)s and "
                "its difference at least %(least)s; then the next, while more than three groups and more than half of "
                "them are left. So one group that differs does not make all others differ from it."
            )
            % {"chance": values["chance"], "least": values["delta"]},
        ),
        (
            part,
            _("Difference"),
            _("score, cut to %(low)s–%(high)s − everybody else’s score") % {"low": low, "high": high},
            _("Where a group or everybody else stands at an end that was cut, it is this much or more."),
        ),
        (
            part,
            _("Spread inside groups"),
            _("√((%(weight)s × typical spread² + sum of squares inside groups) / (%(weight)s + people − groups))")
            % {"weight": values["class_weight"]},
            _(
                "Given, to one decimal, once for each cell over all groups with a score in it; its degrees of freedom "
                "are people − groups + %(weight)s. With fewer than %(groups)s groups or %(people)s people it is the "
                "typical spread and has none: then t is that of the normal distribution."
            )
            % {
                "weight": values["class_weight"],
                "groups": values["class_groups"],
                "people": values["class_people"],
            },
        ),
        (
            part,
            _("Interval"),
            _("difference ± t(%(quantile)s; its degrees of freedom) × spread × √(1/people + 1/everybody else’s people)")
            % {"quantile": quantile},
            _("Where the true difference probably lies, to one decimal, halves away from zero."),
        ),
        (
            part,
            _("p"),
            _("two-sided p of |difference| / (spread × √(1/people + 1/everybody else’s people))"),
            _(
                "To three digits, told where the difference is at least %(least)s; no smaller than that of the groups "
                "that were left out before."
            )
            % {"least": values["delta"]},
        ),
        (
            part,
            _("Largest p with a word"),
            None,
            _(
                "Given: judged once at the close, over all groups of the report and all cells, those asked in depth "
                "(%(deep)s statements or more) and the others apart. p, times comparisons, divided by its place from "
                "small to large, is at most %(share)s (Benjamini and Hochberg). Where nothing has a word, it is the p "
                "of a single one that would have had it."
            )
            % {"deep": values["deep_from"], "share": values["false_signals"]},
        ),
        (
            part,
            _("higher, lower"),
            _("|difference| ≥ %(least)s and p ≤ largest p with a word") % {"least": values["delta"]},
            _(
                "So no word depends on which groups are chosen. A group that holds several groups of the report, and "
                "your own groupings, were not judged at the close: they have their word by the same limit."
            ),
        ),
        *_not_compared(part),
    ]


def _not_compared(part: str) -> list[Line]:
    return [
        (
            part,
            _("no clear difference"),
            _("everything else that is compared"),
            _("It may be chance. Do not discuss it as a difference."),
        ),
        (part, _("too few to compare"), _("a cell that is hidden on a side"), ""),
        (part, _("not compared"), _("a side that has words and no score"), _("Words are not set against each other.")),
    ]


def _first_differences(edition: Edition) -> list[Line]:
    part, values = _("Differences"), edition.parameters
    nu, quantile = _whole(values["nu0"] - 1), _quantile(values)
    return [
        (
            part,
            _("Everybody else"),
            _("sum of (score × people) / sum of people"),
            _(
                "Given: over all groups of the report of which nobody is in the group, cells without a score left out. "
                "One decimal, halves up. Their views differ where they differ in any of them; their spread is the "
                "typical one. This file names no group that was not chosen, so these figures begin here."
            ),
        ),
        (part, _("Difference"), _("score − everybody else’s score"), _("The group’s less everybody else’s.")),
        (
            part,
            _("Interval"),
            _(
                "difference ± t(%(quantile)s; f) × √(a + b); a = spread² / people, b = the same of everybody else; "
                "f = (a + b)² / (a² / (people + %(nu)s) + b² / (everybody else’s people + %(nu)s))"
            )
            % {"quantile": quantile, "nu": nu},
            _(
                "Where the true difference probably lies (Welch), to one decimal, halves away from zero. f is not a "
                "whole number: Excel’s T.INV.2T cuts it to one, which can move the last decimal; R, Python and "
                "LibreOffice take it as it is."
            ),
        ),
        (
            part,
            _("higher, lower"),
            _("|difference| ≥ %(least)s; the interval leaves out 0; adjusted p ≤ %(share)s")
            % {"least": decimal(values["delta"]), "share": decimal(values["false_signals"], 2)},
            _(
                "All three, each before rounding. p is the two-sided p of difference / √(a + b) with f degrees of "
                "freedom. With %(many)s or more comparisons in this file it is adjusted over all of them: sorted from "
                "small to large, p × comparisons / place in that order, and no larger than any that follows (Benjamini "
                "and Hochberg)."
            )
            % {"many": values["many_cells"]},
        ),
        (
            part,
            _("no clear difference"),
            _("everything else that is compared"),
            _("It may be chance. Do not discuss it as a difference."),
        ),
        (
            part,
            _("too few to compare"),
            _("fewer than %(people)s people on a side") % {"people": values["min_compared"]},
            _("… or a cell that is hidden."),
        ),
        (
            part,
            _("not compared: no score"),
            _("a side that has words and no score"),
            _("Words are not set against each other."),
        ),
        (
            part,
            _("groups cannot be told apart"),
            f"ICC(2) < {ALIKE}",
            _(
                "Given: judged once, at the close, over all teams shown in the cell, where there are %(groups)s or "
                "more. People there differ within groups more than groups do, so nothing is compared. Up to "
                "%(apart)s the word says “with caution”."
            )
            % {"groups": LEAST_GROUPS, "apart": APART},
        ),
    ]


def _parameters(edition: Edition) -> list[Line]:
    return [
        (
            _("Parameters"),
            name,
            "; ".join(map(str, value)) if isinstance(value, list) else value,
            str(PARAMETER_WORDS.get(name, NOT_USED)),
        )
        for name, value in edition.parameters.items()
    ]


def _quantile(values: dict) -> str:
    return _plain(0.5 + values["conf"] / 2)


def _plain(number: float) -> str:
    """
    >>> _plain(1 - 0.95), _plain(0.975)
    ('0.05', '0.975')
    """
    return decimal(number, 3).rstrip("0")


def _whole(number: float) -> str:
    return f"{number:g}"
