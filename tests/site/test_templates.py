"""The guard against template variables that nobody passed."""

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
