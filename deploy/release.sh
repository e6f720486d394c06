#!/bin/sh
# At every new version, once, before the processes are restarted: tables, the model, static files.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/python manage.py check --deploy --database default --fail-level WARNING
.venv/bin/python manage.py migrate
.venv/bin/python manage.py load_model
.venv/bin/python manage.py collectstatic --noinput
