"""The WSGI entry point for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from trace_site import database_logs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trace_site.settings")

application = get_wsgi_application()
database_logs.at_start()
