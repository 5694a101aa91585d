#!/bin/sh
# Without arguments: make ready what the web process may make, and serve. With arguments: that manage.py command, as in
# `createsuperuser`. Tables are changed by `prepare_database` alone, as their owner, before this starts.
set -eu
cd "$(dirname "$0")/.."

if [ $# -gt 0 ]; then
  exec python manage.py "$@"
fi

[ -n "${EMAIL_URL:-}" ] || echo "EMAIL_URL is not set: mail is not sent, each message becomes a file in ${HUB_VAR_DIR}/mail." >&2
exec python -m hub.image
