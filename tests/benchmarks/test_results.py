"""What `make bench` prints, and how ratios come of pairs; nothing here takes the time."""

import pytest

from benchmarks.__main__ import chosen
from benchmarks.first_page import blocking_scripts, latin_faces
from benchmarks.pairs import in_turn
from benchmarks.results import Result, at_least, at_most, table


@pytest.mark.parametrize(
    ("result", "line"),
    [
        (Result("save", 0.7349, at_least(0.7)), "bench save 0.73 >=0.7 pass"),
        (Result("save", 0.694, at_least(0.7)), "bench save 0.69 >=0.7 fail"),
        (Result("close-10000", 2.004, at_most(2), "9 s and 4 s"), "bench close-10000 2.00 <=2 pass"),
        (Result("crowd-errors", 1, at_most(0)), "bench crowd-errors 1.00 <=0 fail"),
    ],
)
def test_a_line_holds_name_value_goal_and_verdict(result, line):
    assert result.line == line


def test_the_table_tells_a_missed_goal():
    rows = list(table([Result("save", 0.5, at_least(0.7), "10 and 20 saves/s")]))
    assert rows[1].split(maxsplit=4) == ["save", "0.50", ">=0.7", "fail", "10 and 20 saves/s"]


def test_pairs_take_turns_and_give_the_median_of_their_ratios():
    turns = []
    times = {"ours": iter([9, 2, 3, 40]), "others": iter([9, 1, 2, 4])}

    def side(name):
        def take():
            turns.append(name)
            return next(times[name])

        return take

    pairs = in_turn(side("ours"), side("others"), rounds=3)
    assert turns == ["ours", "others", "ours", "others", "others", "ours", "ours", "others"]
    assert (pairs.times_as_long, pairs.share_of_speed) == (2, 0.5)


def test_only_some_are_measured():
    assert chosen("close,report") == ["close", "report"]
    assert "complete" in chosen("")
    with pytest.raises(SystemExit, match="no 'speed' to measure"):
        chosen("speed")


def test_the_font_for_english_is_that_of_the_last_sheet():
    sheet = """
      @font-face { font-family: "Serif"; src: url(../fonts/latin.woff2); unicode-range:
        U+0000-00FF; }
      @font-face { font-family: "Serif"; src: url(../fonts/cyrillic.woff2); unicode-range: U+0400-045F; }
    """
    assert latin_faces("/static/css/tokens.css", sheet) == {"Serif": "/static/fonts/latin.woff2"}


def test_a_script_without_defer_blocks():
    html = '<script src="/a.js" defer></script><script src="/b.js"></script><script type="application/json">1</script>'
    assert blocking_scripts(html) == [' src="/b.js"']
