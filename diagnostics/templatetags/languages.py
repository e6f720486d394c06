"""The switch between the languages of a survey, on pages where nothing is rated; and of the site, in the foot."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import get_language

from diagnostics.answering.languages import own_name, switch

register = template.Library()


@register.inclusion_tag("answering/switch.html", takes_context=True)
def switch_language(context: template.Context) -> dict[str, Any]:
    """Nothing where the page is not a respondent's, or their survey is asked in one language."""
    return switch(context["request"], context.get("csrf_token", ""))


@register.inclusion_tag("components/languages.html", takes_context=True)
def site_languages(context: template.Context) -> dict[str, Any]:
    """Nothing on a page that has no address to come back to, as those of errors."""
    request = context.get("request")
    if request is None or request.method != "GET":
        return {"choices": ()}
    return {
        "choices": [(own_name(code), code, code == get_language()) for code, _name in settings.LANGUAGES],
        "back": request.get_full_path(),
    }
