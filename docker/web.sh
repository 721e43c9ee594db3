#!/bin/sh
# The web process. Workers are replaced now and then, so that a slow leak never grows old.
set -eu
exec gunicorn config.wsgi \
    --bind 0.0.0.0:8000 \
    --workers "${WEB_WORKERS:-2}" \
    --threads 4 \
    --timeout 60 \
    --graceful-timeout 30 \
    --max-requests 2000 \
    --max-requests-jitter 200 \
    --worker-tmp-dir /dev/shm \
    --forwarded-allow-ips '*' \
    --access-logfile -
