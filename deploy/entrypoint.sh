#!/bin/sh
# Without arguments: make ready what the web process may make, and serve. With arguments: that manage.py command, as in
# `createsuperuser`. Tables are changed by `prepare_database` alone, as their owner, before this starts.
set -eu
cd "$(dirname "$0")/.."

if [ $# -gt 0 ]; then
  exec python manage.py "$@"
fi

[ -n "${EMAIL_URL:-}" ] || echo "EMAIL_URL is not set: mail is not sent, each message becomes a file in ${HUB_VAR_DIR}/mail." >&2
python manage.py may_start
python manage.py first_pages
python manage.py provision
python manage.py withdraw_again  # after a restore: before anything is served
exec granian --interface wsgi --host 0.0.0.0 --port "${PORT:-8000}" --no-ws --log-level warning \
  --workers "${HUB_WORKERS:-2}" --blocking-threads 6 --http 1 --http1-header-read-timeout 10000 --backpressure 128 \
  --respawn-failed-workers --workers-kill-timeout 10 \
  hub.wsgi:application
