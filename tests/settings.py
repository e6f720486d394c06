"""The site's settings, away from a developer's own data and `.env`, and strict about templates."""

import atexit
import os
import shutil
import tempfile

if "VAR" not in os.environ:
    os.environ["VAR"] = tempfile.mkdtemp(prefix="trace-tests-")
    atexit.register(shutil.rmtree, os.environ["VAR"], ignore_errors=True)
os.environ["ENV_FILE"], os.environ["DEBUG"] = os.devnull, "1"  # no production site, whatever the machine has set
os.environ.pop("SITE_URL", None)

from tests.templates import Unknown
from trace_site.settings import *  # noqa: F403
from trace_site.settings import TEMPLATES

TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Unknown("%s")
DEBUG = False  # before any module asks for it: the site's addresses depend on it
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True  # nothing is collected in tests
