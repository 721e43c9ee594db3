#!/bin/sh
# The worker keeps promises. SIGTERM is read as SIGQUIT: it finishes what it does within the soft shutdown time of the
# settings, and what it cannot finish goes back to the outbox.
set -eu
export REMAP_SIGTERM=SIGQUIT
exec celery -A config worker --loglevel INFO --concurrency "${WORKER_CONCURRENCY:-2}" --hostname "worker@%h" --max-tasks-per-child 500
