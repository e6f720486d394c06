"""The guard against template variables that nobody passed, and what the formatter leaves to us."""

import re
from pathlib import Path

import pytest
from django.template import Origin, Template, engines

from tests import templates


def rendered(source: str, name: str) -> str:
    engine = engines["django"].engine
    template = Template(source, Origin(name=name), engine=engine)
    return engines["django"].from_string("{% include page %}").render({"page": template, "known": "word"})


@pytest.mark.parametrize(
    "source", ["{{ unknown }}", "{{ known.part }}", "{% load i18n %}{% blocktranslate %}{{ x }}{% endblocktranslate %}"]
)
def test_unknown_variable_in_our_templates_fails(source):
    with pytest.raises(AssertionError, match="unknown template variable"):
        rendered(source, f"{templates.OURS}/page.html")


def test_known_and_questioned_variables_pass():
    assert rendered("{{ known }}{% if unknown %}!{% endif %}", f"{templates.OURS}/page.html") == "word"


def test_unknown_variable_in_a_library_is_the_library_s_business():
    assert rendered("{{ unknown }}", "/elsewhere/page.html") == ""


# --- What the formatter leaves to us ---

UNTRIMMED = re.compile(r"{% blocktranslate (?![^%]*\btrimmed\b)[^%]*%}(?:(?!{% end).)*\n", re.DOTALL)

COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}", re.DOTALL)
STOP_AFTER_A_PART = re.compile(r"{% include [^%]*%}[,;.:)]")


def ours(name: str) -> list[Path]:
    return sorted(Path(templates.OURS).rglob(name))


def test_no_line_is_beyond_120_characters():
    assert ours("*.html")
    for path in ours("*.*"):
        assert not [line for line in path.read_text().splitlines() if len(line) > 120], path


def test_what_is_translated_over_several_lines_is_trimmed():
    """Else the line ends and the indentation are part of the message. In letters they part the paragraphs."""
    assert UNTRIMMED.search("{% blocktranslate with a=b %}One\n  two{% endblocktranslate %}")
    for path in ours("*.html"):
        assert not UNTRIMMED.search(path.read_text()), path


def test_no_punctuation_follows_a_part():
    """A part ends with a line, which is read as a space."""
    assert STOP_AFTER_A_PART.search('{% include "length.html" with effects=asked only %};')
    for path in ours("*.html"):
        assert not STOP_AFTER_A_PART.search(COMMENT.sub("", path.read_text())), path
