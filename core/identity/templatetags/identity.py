"""`{% why_still as why %}`: in words, '' on a site that acts."""

from django import template
from django.db import DatabaseError

from core.identity import still

register = template.Library()


@register.simple_tag
def why_still() -> str:
    """Pages of errors are drawn also where the database is away."""
    try:
        why = still.why_still(within=still.LATELY)
    except DatabaseError:
        return ""
    return str(why.label) if why else ""
