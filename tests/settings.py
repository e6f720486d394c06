"""The site's settings, away from a developer's own data and `.env`, and strict about templates."""

import atexit
import os
import shutil
import tempfile

if "VAR" not in os.environ:
    os.environ["VAR"] = tempfile.mkdtemp(prefix="trace-tests-")
    atexit.register(shutil.rmtree, os.environ["VAR"], ignore_errors=True)
if "SITE_URL" in os.environ:
    os.environ.pop("SITE_URL")
os.environ["ENV_FILE"] = os.devnull
os.environ["DEBUG"] = "1"  # no production site, whatever the machine has set

from tests.templates import Unknown
from trace_site.settings import *  # noqa: F403
from trace_site.settings import TEMPLATES

TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Unknown("%s")
DEBUG = False  # before any module asks for it: the site's addresses depend on it
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True  # nothing is collected in tests
