"""The WSGI entry point for gunicorn."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trace_site.settings")

application = get_wsgi_application()
import_module("trace_site.starting").web()  # imported only now, when the apps are ready
