"""Settings in named blocks. `.env.example` lists every variable and says what it is for."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from kombu import Queue

from trace_site import embedded, environment, lanes

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environment.read_file()

# --- Embedded or production ------------------------------------------------------------------
# A production site unless DEBUG=1 asks for one to try out, as `make run` does: nothing may be left to a default, and a
# line that is missing or mistyped stops the start.

DEBUG = environment.switch("DEBUG", default=False)
VAR = Path(env("VAR", default=str(BASE_DIR / "var"))).absolute()

PRODUCTION_NEEDS = {
    "DATABASE_URL": "where the database is, for example postgres://trace:secret@localhost/trace",
    "REDIS_URL": "the broker and cache, for example redis+socket://:secret@/run/redis-trace/redis.sock",
    "EMAIL_URL": "how mail leaves, for example smtp+tls://user:secret@mail.example.org:587",
    "SECRET_KEY": "a long random text that signs sessions and links",
    "SITE_URL": "the address people type, for example https://trace.example.org",
    "KEY_STORE": "the folder that holds survey keys, outside the database and its backups",
    "TRUSTED_PROXIES": "how many proxies stand in front of this server, 0 if none",
}
if not DEBUG:
    environment.require(PRODUCTION_NEEDS)
    environment.require_secret("SECRET_KEY", env("SECRET_KEY"))

SECRET_KEY = env("SECRET_KEY", default="embedded-default-never-used-in-production")
SECRET_KEY_FALLBACKS = env("SECRET_KEY_FALLBACKS", default="").split()  # earlier ones, while what they signed is good
PORT = environment.number("PORT", default=8000, within=range(1, 65_536))
SITE_URL = environment.address("SITE_URL", default=f"http://localhost:{PORT}")
if DEBUG:
    environment.require_here("SITE_URL", SITE_URL)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"] if DEBUG else [urlsplit(SITE_URL).hostname]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
TRUSTED_PROXIES = environment.number("TRUSTED_PROXIES", default=0, within=range(10))

# --- Apps ------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "trace_site",
    "reports",
    "diagnostics",
    "spaces",
    "core.post",
    "core.jobs",
    "core.audit",
    "core.quotas",
    "core.keys",
    "core.identity",
    "core.accounts",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "trace_site.outside.OutsideMiddleware",
    "trace_site.metrics.MeasureMiddleware",
    "trace_site.policy.RefusalsMiddleware",
    "trace_site.bodies.BodySizeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # a rating page: 49 kB become 5; pads against guessing by length
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "trace_site.readable.ReadableInputMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "reports.pages.by_link.readers.ReportLinksMiddleware",
    "core.accounts.middleware.SessionsMiddleware",
    "core.accounts.middleware.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "trace_site.standing_still.StandingStillMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.accounts.middleware.SecondStepMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.quotas.middleware.OverQuotaMiddleware",
    "trace_site.policy.KeptPolicyMiddleware",
    "trace_site.staff.VersionMiddleware",
    "trace_site.errors.OwnNotFoundMiddleware",
    "trace_site.errors.OwnNotAllowedMiddleware",
]

ROOT_URLCONF = "trace_site.urls"
WSGI_APPLICATION = "trace_site.wsgi.application"
CSRF_FAILURE_VIEW = "trace_site.errors.csrf_failure"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "trace_site.staff.running_version",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.append("django.forms")
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Database --------------------------------------------------------------------------------
# SQLite takes its write lock when a transaction begins: deferred locks fail under four writers. It overwrites what is
# deleted, so that no answer is left in its file (core.partitions).

database_url = environment.service(
    "DATABASE_URL",
    among=("postgres", "postgresql", "sqlite"),
    like=PRODUCTION_NEEDS["DATABASE_URL"],
    default=f"sqlite:///{VAR / 'trace.sqlite3'}",
)
DATABASES = {"default": env.db_url_config(database_url)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA secure_delete=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    # Behind PgBouncer each transaction may meet another connection, which knows no cursor of the one before.
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = environment.switch("DATABASE_POOLED", default=False)
ACCEPT_DATABASE_LOGS = environment.switch("ACCEPT_DATABASE_LOGS", default=False)  # see database_logs.py

# --- Broker, cache, workers ------------------------------------------------------------------
# Tasks may be delivered twice and killed anywhere; the rows of core.jobs say what is true.

WHY_REDIS_HAS_ONE = (
    "Whoever reaches a Redis without one can give work to the workers and read what the web remembers. "
    "Set requirepass there, as deploy/redis.conf does, and write the password before the @, for example "
    "redis+socket://:secret@/run/redis-trace/redis.sock or redis://:secret@localhost:6379/0."
)
CELERY_BROKER_URL = environment.service(
    "REDIS_URL",
    among=("redis", "rediss", "redis+socket", *(["filesystem"] if DEBUG else [])),
    like=PRODUCTION_NEEDS["REDIS_URL"],
    default=embedded.broker_url(VAR),
)
if not DEBUG:
    environment.require_password("REDIS_URL", CELERY_BROKER_URL, why=WHY_REDIS_HAS_ONE)
CELERY_TASK_SERIALIZER, CELERY_ACCEPT_CONTENT = "json", ["json"]  # nothing that could be made to run
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # kB: who needed more for a large close or file makes room for another
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_QUEUES = [Queue(lane, routing_key=lane) for lane in lanes.LANES]  # a worker that is told none serves all
CELERY_TASK_ROUTES = lanes.routes()
CELERY_TASK_DEFAULT_QUEUE = lanes.SWEEPS
CELERY_TASK_CREATE_MISSING_QUEUES = False
if CELERY_BROKER_URL.startswith("filesystem"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR / "broker" / "messages"),
        "data_folder_out": str(VAR / "broker" / "messages"),
        "control_folder": str(VAR / "broker" / "control"),
        "store_processed": False,
        "polling_interval": 0.05,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 900,
        "queue_order_strategy": "priority",
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        # A request that rings the doorbell, as signing in does, waits less than half a second for a broker that hangs.
        "max_retries": 0,
        "socket_connect_timeout": 0.4,
        "socket_timeout": 0.4,
    }
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {"task": "core.jobs.tasks.sweep_jobs", "schedule": 5.0, "options": {"expires": 5.0}},
    "pick-up-letters": {"task": "core.post.tasks.pick_up_letters", "schedule": 300.0, "options": {"expires": 300.0}},
    "forget-old-files": {"task": "reports.tasks.forget_old_files", "schedule": 6 * 3600.0},
    "forget-by-age": {"task": "reports.tasks.forget_by_age", "schedule": 12 * 3600.0},
}

if cache_location := embedded.cache_url(CELERY_BROKER_URL):
    CACHES = {
        "default": {
            "BACKEND": "trace_site.cache.ForgivingRedisCache",
            "LOCATION": cache_location,
            "OPTIONS": {
                "serializer": "trace_site.cache.JsonSerializer",
                "socket_connect_timeout": 0.3,
                "socket_timeout": 0.3,
            },
            "KEY_PREFIX": "trace",
        }
    }
else:  # it pickles, into the file that holds everything else of a site that is tried out
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

# --- Files, keys -----------------------------------------------------------------------------
# Files are private: views stream them after an access check; nothing serves this folder.

# Workers write what web servers read and delete, as another user of one group: folders hand that group on.
DATA_UPLOAD_MAX_NUMBER_FILES = 5  # no page takes more than one
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000  # a checklist of 210 statements has 800 texts to translate on one page
FILE_UPLOAD_DIRECTORY_PERMISSIONS, FILE_UPLOAD_PERMISSIONS = 0o2770, 0o640
FILES = env("FILES", default=str(VAR / "files"))
FILES_BUCKET, FILES_PREFIX = environment.bucket("FILES", FILES)  # empty where they lie in a folder
MEDIA_ROOT = str(VAR / "files") if FILES_BUCKET else FILES
KEY_STORE = Path(env("KEY_STORE", default=str(VAR / "keys")))

# --- Mail ------------------------------------------------------------------------------------
# Every message is a row that a worker renders and sends (core.post). Embedded, mail lands in a folder.

OUTBOX = VAR / "outbox"
if os.environ.get("EMAIL_URL"):
    email_url = environment.service("EMAIL_URL", among=env.EMAIL_SCHEMES, like=PRODUCTION_NEEDS["EMAIL_URL"])
    vars().update(env.email_url_config(email_url))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = OUTBOX
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("MAIL_FROM", default=f"TRACE <trace@{urlsplit(SITE_URL).hostname}>")
SITE_CONTACT = env("CONTACT", default="")  # of those who run this site; the sender's address where none is named
SECURITY_CONTACT = env("SECURITY_CONTACT", default="")  # of whoever hears of holes in it; an address or a page

# --- Quotas ----------------------------------------------------------------------------------
# What one person, one workspace and one client's address (of people without an account) can ask for within an hour, a
# day or a week. QUOTA_LETTERS_PER_PERSON=2000/day changes one of them, `none` lifts it. Never counted: answers, closes.

QUOTAS = environment.quotas(
    {
        "letters": {"person": "60000/day", "workspace": "60000/day"},
        "invitations": {"person": "200/day", "workspace": "400/day"},
        "imports": {"person": "200/day", "workspace": "400/day"},
        "jobs": {"person": "300/hour"},
        "files": {"person": "2000/day", "workspace": "4000/day"},
        "drafts": {"person": "200/day", "workspace": "600/day"},
        "workspaces": {"person": "30/day"},
        "links": {"person": "50/day"},
        "sign-ups": {"client": "300/hour"},
        "guesses": {"client": "100/hour"},
        "codes": {"client": "30/hour"},  # wrong ones
        "password-letters": {"client": "300/hour"},  # a whole office may be behind one address
        "begun": {"client": "100/hour", "site": "5000/day"},  # self-assessments without an account, each for a day
    }
)

# --- Letters that come back ------------------------------------------------------------------
# Without these nothing is read: an address for each letter, a mailbox, a secret for relays (core.post.bounces).

BOUNCE_ADDRESS = env("BOUNCE_ADDRESS", default="")
BOUNCE_HEADER = env("BOUNCE_HEADER", default="")
BOUNCE_SECRET = env("BOUNCE_SECRET", default="")
BOUNCE_IMAP = os.environ.get("BOUNCE_IMAP", "") and environment.service(
    "BOUNCE_IMAP",
    among=("imaps", "imap+tls"),
    like="which mailbox to read, for example imaps://bounce:secret@host/INBOX",
)
if BOUNCE_IMAP:
    CELERY_BEAT_SCHEDULE["read-bounces"] = {
        "task": "core.post.tasks.read_bounces",
        "schedule": 600.0,
        "options": {"expires": 600.0},
    }

# --- Sign-in ---------------------------------------------------------------------------------
# Where it is closed, whoever was invited or has a link still makes an account, and who is named makes workspaces.

OPEN_SIGN_UP = environment.switch("OPEN_SIGN_UP", default=DEBUG)

# Of passwords and codes only wrong ones count: 200 people behind one address may all sign in at once. A browser in
# which the account was used before has an allowance of its own; a place is one client's address together with one
# account (core.accounts.counts). QUOTA_WRONG_PASSWORDS_PER_ACCOUNT=50/day changes one of them.

ACCOUNT_LIMITS = environment.quotas(
    {
        "wrong-passwords": {"browser": "20/hour", "place": "20/hour", "account": "100/day", "client": "1000/hour"},
        "wrong-codes": {"browser": "20/hour", "place": "10/hour", "account": "50/day", "client": "1000/hour"},
        "sign-ups-of-one": {"place": "5/day"},
        "sign-up-letters": {"account": "10/day"},
        "confirm-letters": {"person": "5/hour"},
        "reset-letters": {"account": "5/hour"},
        "new-addresses": {"person": "20/hour"},
        "lost-links": {"client": "60/hour"},  # a whole office may be behind one address
        "lost-links-of-one": {"account": "3/day"},
        "passkeys": {"client": "600/hour"},  # asked for at sign-in
    }
)

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["core.accounts.backends.EmailBackend"]
PASSWORD_HASHERS = [
    "core.accounts.hashers.LeanArgon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "core.accounts.passwords.LengthValidator"},
    {"NAME": "core.accounts.passwords.UncommonValidator"},
    {"NAME": "core.accounts.passwords.OwnWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "self_assessments:list"
LOGOUT_REDIRECT_URL = "guide:welcome"
ACCOUNT_ADAPTER = "core.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "login": "core.accounts.forms.LoginForm",
    "signup": "core.accounts.forms.SignUpForm",
    "add_email": "core.accounts.forms.ChangeAddressForm",
    "change_password": "core.accounts.forms.ChangePasswordForm",
    "set_password": "core.accounts.forms.SetPasswordForm",
    "reset_password": "core.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "core.accounts.forms.NewPasswordForm",
    "reauthenticate": "core.accounts.forms.ReauthenticateForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True  # among verified addresses (so auth.W004 is silenced): sign-up tells nobody what is taken
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(SITE_URL).scheme
ACCOUNT_RATE_LIMITS = {
    "login": False,
    "signup": False,
    "login_failed": False,
    "reauthenticate": False,
    "reset_password": False,
    "reset_password_from_key": False,
    "confirm_email": False,
    "change_password": False,
    "manage_email": False,
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_ADAPTER = "core.accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "core.accounts.forms.CodeForm",
    "reauthenticate": "core.accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "core.accounts.forms.ActivateCodeForm",
    "add_webauthn": "core.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "core.accounts.forms.NamePasskeyForm",
    "authenticate_webauthn": "core.accounts.forms.PasskeyForm",
    "login_webauthn": "core.accounts.forms.SignInByPasskeyForm",
    "reauthenticate_webauthn": "core.accounts.forms.ReauthenticatePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": False}  # ACCOUNT_LIMITS counts them: a whole office may come at once
MFA_TOTP_ISSUER = "TRACE"

# --- Language and time -----------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English")), ("de", _("German")), ("cy", _("Welsh"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = environment.time_zone("TIME_ZONE", default="Europe/London")

# --- Static files ----------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {
    "default": {
        "BACKEND": "trace_site.bucket.Bucket",
        "OPTIONS": {
            "bucket_name": FILES_BUCKET,
            "location": FILES_PREFIX,
            "endpoint_url": env("AWS_ENDPOINT_URL", default=""),
        },
    }
    if FILES_BUCKET
    else {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "trace_site.static.GzipManifestStorage"
    },
}

# --- Browser security ------------------------------------------------------------------------
# Chart pages add style-src-attr by decorator (reports.views): Plotly sets style attributes.

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if SITE_URL.startswith("https://"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    # With the prefix no neighbouring name, and no page without TLS, can set or replace them.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_SSL_REDIRECT = TRUSTED_PROXIES > 0  # without a proxy nobody says which scheme was used
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Whether neighbouring names are HTTPS as well is their owners' to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021", "auth.W004"]

# --- Metrics ---------------------------------------------------------------------------------
# /metrics/ is closed, and nothing is counted, until there is a token that opens it.

METRICS_TOKEN = env("METRICS_TOKEN", default="")
if METRICS_TOKEN:
    environment.require_secret("METRICS_TOKEN", METRICS_TOKEN)

# --- Logs ------------------------------------------------------------------------------------
# Answers, tokens and comments are never logged: messages carry ids only. Of respondents' pages nothing is. Where
# ERROR_REPORTS says so, failures are told to a service as well (trace_site.failures).

ERROR_REPORTS = os.environ.get("ERROR_REPORTS", "") and environment.service(
    "ERROR_REPORTS",
    among=("https", "http"),
    like="where failures are reported, the DSN of Sentry or of what speaks like it",
)
LOG_HANDLERS = ["stderr", "reports"] if ERROR_REPORTS else ["stderr"]
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "trace_site.logs.JsonLine"},
    },
    "filters": {
        "respondents unseen": {"()": "trace_site.logs.RespondentsUnseen"},
        "no secrets": {"()": "trace_site.logs.NoSecrets"},
        "refusals in a line": {"()": "trace_site.logs.RefusalsInALine"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line" if DEBUG else "json",
            "filters": ["respondents unseen", "no secrets", "refusals in a line"],
        },
    },
    "root": {"handlers": LOG_HANDLERS, "level": environment.level("LOG_LEVEL", default="WARNING")},
    "loggers": {
        # These name addresses; gunicorn quotes requests that it cannot read, and has a handler of its own.
        **{
            name: {"filters": ["respondents unseen", "no secrets", "refusals in a line"]}
            for name in ("django.request", "django.server", "django.security.csrf")
        },
        "gunicorn.error": {"handlers": LOG_HANDLERS, "propagate": False},
    },
}
if ERROR_REPORTS:
    to_the_service = {"class": "trace_site.failures.ReportHandler", "level": "ERROR", "address": ERROR_REPORTS}
    LOGGING["handlers"]["reports"] = to_the_service
