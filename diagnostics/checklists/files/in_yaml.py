"""A checklist as YAML: written in the order of the schema, read with the line and column of everything in it."""

import re
from collections.abc import Iterator
from typing import Any

import yaml
from django.utils.translation import gettext as _

from diagnostics.checklists.files.faults import Fault, Unreadable
from diagnostics.checklists.schema import Path, plain
from diagnostics.checklists.source import Source

MOST_NODES, DEEPEST = 60_000, 20  # the whole model has 4,000, seven deep
WIDTH = 110
NUMBER = re.compile("0|[1-9][0-9]{0,5}")
MATTERS_MOST: Path = ("checklist", "matters_most")  # the one field that is a question, or whether there is one
YES_OR_NO = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
PLAIN = {"": None, "~": None, "null": None, "true": True, "false": False}


class _Dumper(yaml.SafeDumper):
    """Lists indented under their key, as people write them; what stands there twice is written twice."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:
        return True


def as_yaml(source: Source) -> str:
    return yaml.dump(plain(source), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)


def form_in_yaml(text: str) -> tuple[Any, dict[Path, str]]:
    """(the plain form, where each part of it stands). Raises Unreadable."""
    try:
        _check_size(text)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        place = _place(mark) if mark else ""
        raise Unreadable(
            [Fault(place, _("The file cannot be read from here: check indents, quotation marks and colons."))]
        ) from None
    except yaml.YAMLError:
        raise Unreadable([Fault("", _("This is no YAML file. Save it as plain text in UTF-8."))]) from None
    places: dict[Path, str] = {}
    try:
        return (_value(node, (), places), places) if node else ({}, places)
    except RecursionError:  # an anchor that stands inside itself
        raise Unreadable([Fault("", _("The file refers to itself. Write such a part out where it belongs."))]) from None


def _check_size(text: str) -> None:
    """By the parser's events, which go in no depth: what makes nodes of them would follow any depth to its end."""
    depth = 0
    for number, event in enumerate(yaml.parse(text, Loader=yaml.CSafeLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if number > MOST_NODES or depth > DEEPEST:
            raise _far_more()


def _far_more() -> Unreadable:
    return Unreadable([Fault("", _("The file holds far more than a checklist can. Take out what does not belong."))])


def _value(node: yaml.Node, path: Path, places: dict[Path, str]) -> Any:
    places.setdefault(path, _place(node.start_mark))
    if len(places) > MOST_NODES:
        raise _far_more()
    if isinstance(node, yaml.MappingNode):
        return dict(_fields(node, path, places))
    if isinstance(node, yaml.SequenceNode):
        return [_value(row, (*path, number), places) for number, row in enumerate(node.value)]
    is_plain = isinstance(node, yaml.ScalarNode) and not node.style
    if is_plain and path == MATTERS_MOST:
        return YES_OR_NO.get(node.value.casefold(), node.value)
    return _scalar(node.value) if is_plain else node.value


def _scalar(text: str) -> str | int | bool | None:
    """YAML would take 'No' for a bool, '1:30' for a number and 'Null' for nothing: only what a checklist holds is."""
    return int(text) if NUMBER.fullmatch(text) else PLAIN.get(text, text)


def _fields(node: yaml.MappingNode, path: Path, places: dict[Path, str]) -> Iterator[tuple[str, Any]]:
    seen: set[str] = set()
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise Unreadable([Fault(_place(key.start_mark), _("A field has a name of one word, and then a colon."))])
        name = str(key.value)
        if name in seen:
            raise Unreadable(
                [Fault(_place(key.start_mark), _("“%(name)s” stands here twice. Keep one of them.") % {"name": name})]
            )
        seen.add(name)
        places[(*path, name)] = _place(key.start_mark)
        yield name, _value(value, (*path, name), places)


def _place(mark: yaml.Mark) -> str:
    return _("line %(line)s, column %(column)s") % {"line": mark.line + 1, "column": mark.column + 1}
