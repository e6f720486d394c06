"""Gaps between a leader's own view and that of others, at the edges of what can be published."""

from dataclasses import replace

import pytest

from reports.scoring import GapCell, gaps


@pytest.mark.parametrize(("own", "word"), [(4.6, "clear"), (3.8, "possible"), (3.4, None)])
def test_others_who_all_agree_are_no_source_of_doubt(own, word):
    agreed = GapCell(own=own, others=3.2, n=60, s=0.0, asked=7)
    assert gaps([agreed]) == gaps([replace(agreed, s=0.001)]) == (word,)
