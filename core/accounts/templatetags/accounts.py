from typing import Any

from allauth.account.adapter import get_adapter
from django import template

from core.site import site_contact

register = template.Library()
register.simple_tag(site_contact)


@register.simple_tag(takes_context=True)
def sign_up_is_open(context: dict[str, Any]) -> bool:
    """To whoever reads this page: somebody who was invited is let in where others are not."""
    return get_adapter().is_open_for_signup(context["request"])
