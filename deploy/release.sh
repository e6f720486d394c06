#!/bin/sh
# At every new version, once, before the processes are restarted: tables, the model, static files. Root becomes `trace`.
set -eu
cd "$(dirname "$0")/.."
if [ "$(id -u)" = 0 ]; then
    exec runuser -u trace -- env ENV_FILE="${ENV_FILE:-/etc/trace.env}" sh deploy/release.sh
fi
.venv/bin/python manage.py check --deploy --database default --fail-level WARNING

# A change of a table that waits, behind a backup for instance, makes everybody wait who comes after it: so it waits for
# a moment only, and tries again. The moment is shorter than the second after which PostgreSQL looks for two who wait for
# each other, so that it is this one which gives way, and nobody who answers. What was migrated stays.
said=$(mktemp)
trap 'rm -f "$said"' EXIT
left=150
until PGOPTIONS="${PGOPTIONS:-} -c lock_timeout=700ms" .venv/bin/python manage.py migrate 2>"$said"; do
	cat "$said" >&2
	left=$((left - 1))
	if [ "$left" -eq 0 ] || ! grep -q -e "lock timeout" -e "deadlock detected" "$said"; then exit 1; fi
	sleep 2
done

.venv/bin/python manage.py load_model
.venv/bin/python manage.py collectstatic --noinput
