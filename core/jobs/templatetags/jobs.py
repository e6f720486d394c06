from django import template
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from core.jobs.models import Job

register = template.Library()


@register.filter
def can_be_cancelled_by(job: Job, user: AbstractBaseUser | AnonymousUser) -> bool:
    return job.can_be_cancelled_by(user)
