#!/bin/sh
# At every new version, once, before the processes are restarted: tables, the model, static files. Root becomes `trace`.
set -eu
cd "$(dirname "$0")/.."
if [ "$(id -u)" = 0 ]; then
    exec runuser -u trace -- env ENV_FILE="${ENV_FILE:-/etc/trace.env}" sh deploy/release.sh
fi
.venv/bin/python manage.py check --deploy --database default --fail-level WARNING
.venv/bin/python manage.py migrate
.venv/bin/python manage.py load_model
.venv/bin/python manage.py collectstatic --noinput
