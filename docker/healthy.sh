#!/bin/sh
# healthy.sh web|worker|beat: exit 0 when the process does its work, not merely when it exists.
set -eu
case "$1" in
web)
    exec python - <<'PYTHON'
import urllib.request

urllib.request.urlopen("http://127.0.0.1:8000/health/ready", timeout=5)
PYTHON
    ;;
worker) exec celery -A config inspect ping --timeout 5 --destination "worker@$(hostname)" >/dev/null ;;
beat) # beat writes its schedule every three minutes
    [ -n "$(find /tmp -maxdepth 1 -name 'beat-schedule*' -mmin -5)" ] ;;
*) exit 64 ;;
esac
