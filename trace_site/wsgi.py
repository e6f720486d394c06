"""The WSGI entry point for gunicorn."""

import logging
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from core.keys.store import is_within_reach
from trace_site import database_logs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trace_site.settings")

application = get_wsgi_application()
database_logs.at_start()
if not settings.DEBUG and is_within_reach():
    logging.getLogger(__name__).warning(
        "The web server can read the keys of surveys. Run it as another system user than the workers "
        "(docs/production.md), so that whoever takes it over still cannot open what people answered."
    )
