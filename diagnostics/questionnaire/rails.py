"""The statements and open questions of one page, drawn once per version and language and filled in per respondent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from diagnostics.checklists.translating import scale_place
from diagnostics.questionnaire.cached import Slot, filled, mark
from diagnostics.questionnaire.form import DONT_KNOW, Problem, field_id, field_name
from diagnostics.questionnaire.questionnaire import Questionnaire, Statement

MEANT = {  # spaces in the middle of a sentence: not every language writes them small there
    "self": gettext_lazy("“self”"),
    "team": gettext_lazy("“team”"),
    "organisation": gettext_lazy("“organisation”"),
    "system": gettext_lazy("“system”"),
}


@dataclass(frozen=True)
class Given:
    """What one respondent's page shows."""

    answers: Mapping[str, int]
    comments: Mapping[str, str]
    comment_help: str = ""  # who will read the comments
    problems: Iterable[Problem] = field(default=())


def page_html(questionnaire: Questionnaire, condition: str, given: Given) -> SafeString:
    """The page of one condition, with what has been given filled in."""
    values = _values(questionnaire.statements_of(condition), given)
    return filled("answering/page.html", questionnaire, condition, values, marked=_page)


def statements_html(questionnaire: Questionnaire, given: Given) -> SafeString:
    """The statements of all conditions, one beneath the other: for a room, where nobody writes."""
    values = _values(list(questionnaire.statements.values()), given)
    return filled("answering/all_statements.html", questionnaire, "", values, marked=_all_statements)


def _values(statements: Sequence[Statement], given: Given) -> dict[Slot, str]:
    values: dict[Slot, str] = {("help",): escape(given.comment_help)}
    for statement in statements:
        if (rating := given.answers.get(statement.key)) is not None:
            values["checked", statement.key, str(rating)] = " checked"
    values["count",] = count_text(sum(s.key in given.answers for s in statements), len(statements))
    for key, comment in given.comments.items():
        values["comment", key] = escape(comment)
    for problem in given.problems:
        if problem.key:
            values["problem", problem.key] = escape(problem.sentence)
            values["invalid", problem.key] = ' aria-invalid="true"'
    return values


def count_text(given: int | str, asked: int | str) -> str:
    return _("%(given)s of %(asked)s ratings on this page") % {"given": given, "asked": asked}


def short_count(given: int | str, asked: int | str) -> str:
    """The same where there is little room."""
    return _("%(given)s of %(asked)s") % {"given": given, "asked": asked}


def _page(questionnaire: Questionnaire, condition: str) -> dict:
    page = questionnaire.pages[condition]
    blocks = [_block(number, row, questionnaire) for number, row in enumerate(page["indicators"], start=1)]
    primary = questionnaire.primary_space
    others = [space for space in questionnaire.spaces.values() if space != primary]
    return {
        "name": page["name"],
        "scale": _scale(questionnaire),
        **_space(primary, questionnaire),
        "also": _also_asked(blocks),
        "others": [_space(space, questionnaire) for space in others],
        "meant": get_text_list([str(MEANT[space["key"]]) for space in others], _("and")),
        "blocks": blocks,
        "questions": [_question(row, questionnaire) for row in page["open_questions"]],
        "count": mark("count"),
        "count_pattern": count_text("{given}", "{asked}"),
        "help": mark("help"),
    }


def _all_statements(questionnaire: Questionnaire, _every: str) -> dict:
    rows = [(page["name"], row) for page in questionnaire.pages.values() for row in page["indicators"]]
    return {
        "scale": _scale(questionnaire),
        **_space(questionnaire.primary_space, questionnaire),
        "blocks": [
            _block(number, row, questionnaire) | {"condition": name} for number, (name, row) in enumerate(rows, start=1)
        ],
        "count": mark("count"),
        "count_pattern": count_text("{given}", "{asked}"),
    }


def _scale(questionnaire: Questionnaire) -> dict:
    scale = questionnaire.content["scale"]
    return scale | {"prompt": questionnaire.spoken(f"{scale_place(scale)}.prompt", scale["prompt"])}


def _space(space: dict, questionnaire: Questionnaire) -> dict:
    """What people are asked to think of in it, and the line that explains a word of that."""
    place = f"space.{space['key']}"
    return {
        "space": space["name"],
        "frame": questionnaire.spoken(f"{place}.frame", space["frame"]),
        "frame_help": _help(place, space, _("Help with these statements"), questionnaire),
    }


def _block(number: int, indicator: dict, questionnaire: Questionnaire) -> dict:
    key = indicator["key"]
    rails = [_rail(number, row, questionnaire) for row in indicator["statements"]]
    help_ = _help(key, indicator, _help_with(number), questionnaire)
    if help_ and [rail["space"] for rail in rails] == [questionnaire.primary_space]:
        rails[0]["help"] = help_
    return {
        "number": number,
        "title": questionnaire.spoken(f"{key}.title", indicator["title"]),
        "key": key,
        "help": help_,
        "rails": rails,
        "is_plain": [rail["space"] for rail in rails] == [questionnaire.primary_space],
        "spaces": _in_spaces(len(rails)),
    }


def _help(place: str, explained: dict, label: str, questionnaire: Questionnaire) -> dict | None:
    """The line that a space, an indicator or a statement of the content has, and what its button is called."""
    if "help" not in explained:
        return None
    return {"label": label, "text": questionnaire.spoken(f"{place}.help", explained["help"])}


def _help_with(number: int, space: str = "") -> str:
    if space:
        return _("Help with statement %(number)s, %(space)s") % {"number": number, "space": space}
    return _("Help with statement %(number)s") % {"number": number}


def _rail(number: int, statement: dict, questionnaire: Questionnaire) -> dict:
    key, scale = statement["key"], questionnaire.content["scale"]
    space = questionnaire.spaces[statement["space"]]
    place = scale_place(scale)
    options = [
        {
            **point,
            "said": questionnaire.spoken(f"{place}.{point['value']}", point["label"]),
            "checked": mark("checked", key, str(point["value"])),
        }
        for point in scale["points"]
    ]
    return {
        "name": field_name(key),
        "id": field_id(key),
        "text": questionnaire.spoken(key, statement["text"]),
        "space": space,
        "help": _help(key, statement, _help_with(number, space["name"]), questionnaire),
        "options": options,
        "dont_know": {
            "value": DONT_KNOW,
            "label": questionnaire.spoken(f"{place}.not_scored", scale["not_scored_label"]),
            "checked": mark("checked", key, str(DONT_KNOW)),
        },
    }


def _question(question: dict, questionnaire: Questionnaire) -> dict:
    key = question["key"]
    slots: dict[str, str] = {name: mark(name, key) for name in ("comment", "problem", "invalid")}
    text = questionnaire.spoken(f"question.{key}", question["text"])
    return {"name": field_name(key), "id": field_id(key), "text": text, **slots}


def _in_spaces(count: int) -> str:
    return ngettext("in %(count)s space", "in %(count)s spaces", count) % {"count": apnumber(count)}


def _also_asked(blocks: list[dict]) -> str:
    """The sentence that announces the statements rated in several spaces."""
    several = [block for block in blocks if len(block["rails"]) > 1]
    if not several:
        return ""
    spaces = len(several[0]["rails"])
    if any(len(block["rails"]) != spaces for block in several):
        return _("Some statements are asked in several spaces.")
    if len(several) == len(blocks):
        return _("Each statement is asked in %(spaces)s spaces.") % {"spaces": apnumber(spaces)}
    numbers = get_text_list([str(block["number"]) for block in several], _("and"))
    others = ngettext("the other space", "the other %(count)s spaces", spaces - 1) % {"count": apnumber(spaces - 1)}
    return ngettext(
        "Statement %(numbers)s also asks about %(others)s.",
        "Statements %(numbers)s also ask about %(others)s.",
        len(several),
    ) % {"numbers": numbers, "others": others}
