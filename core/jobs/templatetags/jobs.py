"""What the registry knows of a job, for templates: `{{ job|label_of }}`, `{% if job|can_be_cancelled_by:user %}`."""

from django import template

from core.jobs import registry

register = template.Library()
register.filter(registry.label_of)
register.filter(registry.done_url_of)
register.filter(registry.can_be_cancelled_by)
