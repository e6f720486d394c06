"""Requests by people who have signed in, as every view gets them that is not marked otherwise."""

from core.accounts.models import User
from core.requests import HtmxRequest


class SignedInRequest(HtmxRequest):
    user: User
