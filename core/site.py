"""What this site says of itself."""

from email.utils import parseaddr

from django.conf import settings


def site_contact() -> str:
    """The address of those who run it."""
    return settings.SITE_CONTACT or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
