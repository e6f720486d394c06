"""The words of results, each in one place; `reports.readings.heatmap` puts them together."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, wraps
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from core.words import Words
from reports.publish.cells import Why

NAMES_IN_SHORT = 4


def once_per_language(words: Callable) -> Callable:
    """For words that a report needs hundreds of times: looked up once for each language and each set of arguments."""

    @cache
    def looked_up(_language: str | None, *about: Any) -> Any:
        return words(*about)

    @wraps(words)
    def said(*about: Any) -> Any:
        return looked_up(get_language(), *about)

    return said


# level: in a cell, in a legend, inside a sentence
LEVEL_WORDS = {
    "not_yet": (_("Not yet"), _("Not yet in place"), _("not yet in place")),
    "partly": (_("Partly"), _("Partly in place"), _("partly in place")),
    "mostly": (_("Mostly"), _("Mostly in place"), _("mostly in place")),
    "firmly": (_("Firmly"), _("Firmly in place"), _("firmly in place")),
}
LOWEST_LEVELS = {  # inside a sentence, before the level up to which it goes
    "not_yet": _("not yet"),
    "partly": _("partly"),
    "mostly": _("mostly"),
    "firmly": _("firmly"),
}
# a cell without a score: its word, its sentence
STATE_WORDS = {
    "too_few_answers": (_("Too few answers"), _("no score, because fewer than half of it was answered")),
    "dont_know": (_("Don’t know"), _("no score, because fewer than half of it was rated, with “don’t know” among it")),
    "not_asked": (_("Not asked"), _("not asked")),
    "too_few_people": (_("Too few"), _("too few people to show")),
    "words_differ": (_("Words differ"), _("no score, and these groups do not have the same word")),
}
# why a cell has a word and no score: said once, beneath the map
WHY_WORDS: Mapping[Why, Words] = {
    "one_statement": _(
        "Where a cell rests on one statement, a score would give single answers away. So it has a word and no score, "
        "unless thirty or more people stand behind it."
    ),
    "open_link": _(
        "People came in by a link that anybody in the group could use. So cells have words and no scores, unless "
        "thirty or more people stand behind them."
    ),
    "same_people": _(
        "Nearly the same people were asked not long ago, and two scores could be set against each other. So cells have "
        "words and no scores, unless thirty or more people stand behind them."
    ),
}
WITHOUT_PEOPLE = _(
    "Where a cell rests on some of the people only, as “64 of 72 people”, the groups of the others have a word of "
    "their own there and no score."
)
PLACES = {
    "self": _("%(condition)s, yourself"),
    "team": _("%(condition)s in the team"),
    "organisation": _("%(condition)s in the organisation"),
    "system": _("%(condition)s in the system"),
}
SURVEY_PLACES = PLACES | {"self": _("%(condition)s in people’s own leadership")}
IN_SPACES = {
    "self": _("in people’s own leadership"),
    "team": _("in the team"),
    "organisation": _("in the organisation"),
    "system": _("in the system"),
}
SPACE_WORDS = {"self": _("self"), "team": _("team"), "organisation": _("organisation"), "system": _("system")}
IN_SPACES_FIRST = {  # where a sentence begins with it
    "self": _("In people’s own leadership"),
    "team": _("In the team"),
    "organisation": _("In the organisation"),
    "system": _("In the system"),
}
SHORT_SPACES = {"organisation": _("Org.")}
# of one person: what stands out, and against what
STANDS = {"lower": _("Lower than %(others)s."), "higher": _("Higher than %(others)s.")}
OTHERS: Mapping[str, Mapping[str, Words]] = {
    "cell": {
        "each": _("the other conditions in the same space"),
        "all": _("the other conditions in the same space"),
        "one": _("the other condition in the same space"),
        "most": _("most of the other conditions in the same space"),
        "some": _("some of the other conditions in the same space"),
    },
    "space": {
        "each": _("the other spaces, in each condition"),
        "all": _("the other spaces, over the conditions together"),
        "one": _("the other space, over the conditions together"),
        "most": _("most of the other spaces, over the conditions together"),
        "some": _("some of the other spaces, over the conditions together"),
    },
    "condition": {
        "each": _("the other conditions, in each space"),
        "all": _("the other conditions, over the spaces together"),
        "one": _("the other condition, over the spaces together"),
        "most": _("most of the other conditions, over the spaces together"),
        "some": _("some of the other conditions, over the spaces together"),
    },
}
OWN_SPACES = {
    "self": _("Yourself"),
    "team": _("The team"),
    "organisation": _("The organisation"),
    "system": _("The system"),
}
# … and what changed since last time
CHANGE_SENTENCES: Mapping[str, Words] = {
    "clear_rise": _("%(place)s: clear rise, %(before)s to %(after)s, more than the usual back and forth on %(rated)s"),
    "clear_fall": _("%(place)s: clear fall, %(before)s to %(after)s, more than the usual back and forth on %(rated)s"),
    "rise": _("%(place)s: rise over %(conditions)s conditions together, by %(points)s on average"),
    "fall": _("%(place)s: fall over %(conditions)s conditions together, by %(points)s on average"),
}

# how much people agree, in a cell
AGREEMENT_WORDS: Mapping[str | None, Words] = {
    "close": _("close"),
    "usual": _("as usual in groups"),
    "wide": _("views differ"),
    "some_spread": _("some spread"),  # of editions of method 1.0
}
TWO_CAMPS = _("two camps")
# … and beneath a cell that was chosen
AGREEMENT_SENTENCES: Mapping[str | None, Words] = {
    "close": _("People see this much alike."),
    "usual": _("People see this about as differently as in most groups."),
    "some_spread": _("People see this somewhat differently."),
    "wide": _("People see this quite differently, and the average hides that. Talk about it before you act."),
}
TWO_CAMPS_SENTENCE = _(
    "There are two camps: some rate this low, some high, hardly anyone in between. The average is probably "
    "nobody’s view. Talk about it before you act."
)
ENDS = {"low": (_("≤ %(score)s"), _("%(score)s or less")), "high": (_("≥ %(score)s"), _("%(score)s or more"))}

# "could not judge", by published share
SHARE_WORDS: Mapping[str | None, Words] = {
    "most": _("Most could not judge this. Perhaps it is not visible enough."),
    "half": _("About half could not judge this. Perhaps it is not visible enough."),
    "third": _("About a third could not judge this. Perhaps it is not visible enough."),
    "fifth": _("About a fifth could not judge this. Perhaps it is not visible enough."),
}
NOT_JUDGED: Mapping[str | None, Words] = {  # … of several places
    "most": _("most people could not judge %(places)s"),
    "half": _("about half of the people could not judge %(places)s"),
    "third": _("about a third of the people could not judge %(places)s"),
    "fifth": _("about a fifth of the people could not judge %(places)s"),
}
# a class of answers: inside a sentence, by itself
POINTS = {  # … by the label of its point on the scale; any other label stands as it is
    "Strongly disagree": _("strongly disagree"),
    "Disagree": _("disagree"),
    "Neither agree nor disagree": _("neither agree nor disagree"),
    "Agree": _("agree"),
    "Strongly agree": _("strongly agree"),
}
THREE_CLASSES = (
    (_("disagree (1–2)"), _("Disagree (1–2)")),
    (_("neither (3)"), _("Neither (3)")),
    (_("agree (4–5)"), _("Agree (4–5)")),
)
ANSWERS_OF_THREE = {  # … and joined ones, by the first and the last
    (0, 1): (_("disagree to neither (1–3)"), _("Disagree to neither (1–3)")),
    (1, 2): (_("neither to agree (3–5)"), _("Neither to agree (3–5)")),
    (0, 2): (_("any rating (1–5)"), _("Any rating (1–5)")),
}
COULD_NOT_JUDGE = (_("don’t know"), _("Don’t know"))


def in_short(names: Sequence[str]) -> str:
    """'Reablement, Theatres, Pharmacy, Podiatry and 10 more'."""
    more = len(names) - NAMES_IN_SHORT
    if more > 1:
        names = [*names[:NAMES_IN_SHORT], gettext("%(more)s more") % {"more": more}]
    return get_text_list(list(names), gettext("and"))
