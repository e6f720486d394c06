from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def breakable(text: str) -> SafeString:
    """E-mail addresses in it may go on in a new line after their @, sooner than in the middle of a word."""
    return mark_safe(conditional_escape(text).replace("@", "@<wbr>"))  # noqa: S308 (escaped)
