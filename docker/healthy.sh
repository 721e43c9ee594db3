#!/bin/sh
# healthy.sh web|worker|beat: exit 0 when the process does its work, not merely when it exists.
set -eu
case "$1" in
web)
    exec python - <<'PYTHON'
import os
from urllib.request import Request, urlopen

name = os.environ["ALLOWED_HOSTS"].split(",")[0].strip(" .")
urlopen(Request("http://127.0.0.1:8000/health/ready", headers={"Host": name}), timeout=5)
PYTHON
    ;;
worker) exec celery -A config inspect ping --timeout 5 --destination "worker@$(hostname)" >/dev/null ;;
beat) # beat writes its schedule every three minutes
    [ -n "$(find /tmp -maxdepth 1 -name 'beat-schedule*' -mmin -5)" ] ;;
*) exit 64 ;;
esac
