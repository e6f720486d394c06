"""Everything that is promised about answers to a survey, and where each promise ends: whole sentences, each with an id.

Pages and letters say nothing of it in words of their own: templates name the id (`{% promise "reminders" %}`). For each
id a test names the tests that hold it, and `docs/confidentiality.md` is written from both (tests/site/promises.py).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from core.words import Words

# --- Whoever runs a survey owns no respondent's link ---------------------------------------------------

CAPABILITY: dict[str, "Words"] = {
    "own_link": _(
        "Only your own link opens what you saved, hands it in or takes it back. Those who run the survey cannot, and "
        "neither can anybody else at work."
    ),
    "sent_anew": _(
        "A link that is sent anew begins empty: it opens nothing that was saved by an earlier one, and cannot show, "
        "replace or take back what that one handed in. It looks the same whether or not there was anything."
    ),
    "address_told": _(
        "When somebody has a link sent to another address, the earlier address is told, and the first page of the new "
        "link says on which day that was."
    ),
    "withdraw": _(
        "Handing in is final. Until the survey closes you can take your answers back by the link that handed them in; "
        "afterwards nobody can tell which are yours."
    ),
    "own_page": _(
        "A page belongs to the link that opened it: what is entered on it is saved under that link, or not at all."
    ),
    "shared_device": _(
        "On a shared link nobody meets somebody else’s answers: after five minutes, or when the page was closed, it "
        "begins afresh."
    ),
    "places": _(
        "By a shared link no more people can answer than were announced, and a tenth; in a room as many as were "
        "announced. Whoever takes several places keeps others out, and that is seen."
    ),
    "removed": _(
        "Whoever is taken off the list has no link any more. An answer that was given stays, and nobody is told "
        "whether there is one."
    ),
    "moved": _(
        "Whoever is placed in another group while a survey is open gets a new link, and answers with that group by it. "
        "What was handed in before stays with the earlier group; nobody is told whether there is anything."
    ),
}

# --- Nobody learns who took part -----------------------------------------------------------------------

SEPARATION: dict[str, "Words"] = {
    "nobody_sees": _("Nobody at work sees your answers: not your leader, not those who run the survey, not HR."),
    "nobody_told": _("Nobody is told whether you took part."),
    "apart": _(
        "Answers are kept apart from names and e-mail addresses, and nothing that is stored says who has answered."
    ),
    "locked": _(
        "What you save is locked with a key that is made from your link. The database by itself cannot unlock it."
    ),
    "sealed": _(
        "What you hand in is sealed, of the same size as everybody else’s. The key lies outside the database, where "
        "web pages cannot reach it, and is used once: at the close."
    ),
    "decline": _("If you would rather not take part, say so by your link: reminders stop, and nobody is told."),
    "reminders": _(
        "Reminders go by themselves to whoever has not answered. Nobody learns who that is, or how many they are, and "
        "nothing is noted of them."
    ),
    "counts": _(
        "While a survey is open, those who run it see how many have answered: counted once a day, in steps of five and "
        "from fifty on of ten, and only of groups in which %(k)s or more are asked."
    ),
    "turnout": _("If everybody in your group takes part, that can be seen. Otherwise nobody can tell whether you did."),
    "asked_beside": _(
        "How many were asked stands beside how many have answered only from fifty people on; in a report as a share, "
        "rounded, and never above “95%% or more”."
    ),
    "nothing_kept": _(
        "When the survey closes, no answer is kept. Sealed answers, unfinished ones and the keys are destroyed; what "
        "remains is the report."
    ),
    "no_trail": _(
        "Logs, error reports and the queue of background work hold no answer, no comment and no link, and of the pages "
        "on which surveys are answered nothing at all. Messages hold no answer and no score."
    ),
    "no_third_party": _(
        "No page loads a script, a font or a picture from elsewhere, and nothing follows you from site to site."
    ),
}

# --- Only groups are shown -----------------------------------------------------------------------------

DISCLOSURE: dict[str, "Words"] = {
    "once": _("The report is made once, after the close. There are no results before that, and no filters after it."),
    "groups": _(
        "A group has its own result only when %(k)s or more of its people have answered. Smaller groups are counted "
        "together as “other groups”; where even those are under %(k)s, they are in no figure."
    ),
    "fixed": _(
        "A survey may ask for more, never for fewer. Nobody can change that once it is launched, nor who sees what."
    ),
    "leaders": _("The answer of a group’s own leader is heard, but is not one of the %(k)s, and no number counts it."),
    "few_left": _(
        "Where so many people are taken off the list of a group, or placed elsewhere, that fewer are left than a "
        "result needs, no number counts its answers any more, neither while the survey is open nor in the report: they "
        "are heard among “other groups” only."
    ),
    "every_question": _(
        "The same holds for every single question: where fewer than %(k)s of a group could judge it, the group is left "
        "out of that figure, and out of every larger group’s figure too."
    ),
    "detail": _(
        "More detail needs more people. Numbers about single statements, what matters most, and comments need ten; all "
        "five answers side by side need thirty."
    ),
    "one_statement": _(
        "Where a condition was asked by one statement only, groups under thirty have a word for it and no score."
    ),
    "open_links": _("By a shared link or in a room, results of fewer than thirty people are words and rounded shares."),
    "rounded": _(
        "Shares are rounded, each by itself, and a class of one or two people is joined with its neighbour, so that no "
        "single answer can be worked out from a bar."
    ),
    "nearly_same": _(
        "Where a group is asked again within sixty days and only a few people are new or gone, its result is given in "
        "words only."
    ),
    "comments": _(
        "Comments are shown as they were written, in random order and without name, role or date. Nothing links two "
        "comments of one person. Owner and consultants may take one out."
    ),
    "written_once": _("The figures of a report are written down once, and the database refuses to change them."),
}

# --- Where protection ends -----------------------------------------------------------------------------

LIMITS: dict[str, "Words"] = {
    "server": _("Someone who controls the running server can read answers as they arrive."),
    "copies": _(
        "Someone with a copy of the database and a copy of the keys can read the answers of a survey that is open, and "
        "join them to names, also later from copies made then. Whoever runs this site keeps the two apart, in backups "
        "too, and lets copies of keys expire."
    ),
    "all_but_one": _(
        "Someone who controls all answers of a group of %(k)s but one can work out that one, and whether it was given: "
        "people who tell each other everything, or invented people on a list."
    ),
    "mailbox": _("Whoever reads your mailbox can open your link."),
    "sent_elsewhere": _(
        "Those who run a survey can have your link sent to themselves before you have answered, and answer in your "
        "place. Your address is told at once, and what you have handed in they can neither see nor replace."
    ),
    "mail_provider": _(
        "The mail provider sees who was sent an invitation or a reminder. Reminders go to whoever has not answered."
    ),
    "shared_link": _(
        "A shared link knows nobody. Whoever has it can answer, and more than once, while there are places."
    ),
    "two_surveys": _(
        "Two surveys of nearly the same people within weeks tell more than one. The site compares the lists: where "
        "fewer than %(k)s people of a group differ from a survey that closed less than sixty days before, the group is "
        "described in words only, unless thirty or more of its people answer. It cannot know who comes by a shared "
        "link, and it forgets lists after 24 months."
    ),
    "style": _("What a comment tells, and how it is written, can give its author away."),
    "inferred": _(
        "In the smallest groups that have a result, a word about one statement can let someone who remembers their own "
        "answer infer all the others: at most 4 in 10,000 such words, and 150 in 10,000 for someone who answers on "
        "purpose."
    ),
}

PROMISES: dict[str, "Words"] = CAPABILITY | SEPARATION | DISCLOSURE


def said(name: str, facts: Mapping[str, object]) -> str:
    """The sentence of a promise or a limit, with what it says in numbers. Raises KeyError for one that is none."""
    return str((PROMISES | LIMITS)[name]) % facts
