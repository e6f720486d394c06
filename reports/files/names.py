"""What a file is called when it is saved: what it is, when it was, whose it is."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from django.utils import timezone
from django.utils.translation import gettext as _

from core.names import apart, fitting
from diagnostics.self_assessments.models import SelfAssessment
from reports.editions.models import Edition

LONGEST_NAME, MOST_BYTES = 50, 100  # of a name: with two of them the whole stays under the usual 255 bytes


def file_name(self_assessment: SelfAssessment, suffix: str) -> str:
    """'TRACE self-assessment 2026-11-22 Ruth Adeyemi.pdf', safe on every file system for any name."""
    day = timezone.localdate(self_assessment.submitted_at)
    parts = [_("TRACE self-assessment"), day.isoformat(), plain(self_assessment.leader.name)]
    return f"{' '.join(part for part in parts if part)}.{suffix}"


def survey_file_name(edition: Edition, of: str, suffix: str, among: Sequence[str] = ()) -> str:
    """'TRACE How we lead 2026-11-25 Ward 3.pdf': the survey, the day it closed, whose report it is. `among`: the names
    of others whose files may lie beside it."""
    parts = ["TRACE", plain(edition.survey.title), edition.cut_off.date().isoformat(), _told_apart(of, among)]
    return f"{' '.join(part for part in parts if part)}.{suffix}"


def posters_name(title: str, suffix: str) -> str:
    """'TRACE How we lead posters.pdf'."""
    parts = ["TRACE", plain(title), _("posters")]
    return f"{' '.join(part for part in parts if part)}.{suffix}"


def with_length(title: str, minutes: int | None) -> str:
    """'Comparison of 4 groups, 90 minutes' for a file that is made for a length of time."""
    return title if minutes is None else _("%(title)s, %(minutes)s minutes") % {"title": title, "minutes": minutes}


def named_apart(name: str, what: str) -> str:
    """'… Ward 3, with comments.pdf', so that it is not taken for the report; `what` may be ''."""
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}, {what}{dot}{suffix}" if what else name


def plain(name: str) -> str:
    """`name` with letters, marks, digits, spaces, hyphens and apostrophes only; in the middle of a long one a gap."""
    return fitting(_kept(name), _fits)


def _told_apart(name: str, among: Sequence[str]) -> str:
    names = [*among, name]
    return dict(zip(names, apart(names, _fits, _kept), strict=True))[name]


def _fits(text: str) -> bool:
    return len(text) <= LONGEST_NAME and len(text.encode()) <= MOST_BYTES


def _kept(name: str) -> str:
    """A mark needs something that it stands on: what is left of an emoji is nothing."""
    kept = "".join(c if _belongs_in_a_file_name(c) else " " for c in unicodedata.normalize("NFC", name))
    kept = "".join(c for before, c in pairwise(f" {kept}") if before != " " or unicodedata.category(c)[0] != "M")
    return re.sub(r"\s+", " ", kept).strip(" -'’")


def _belongs_in_a_file_name(character: str) -> bool:
    return character in "-'’ " or unicodedata.category(character)[0] in "LMN"
