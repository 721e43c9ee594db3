#!/bin/sh
# The timetable. There must be one and only one.
set -eu
exec celery -A config beat --loglevel INFO --schedule /tmp/beat-schedule --pidfile=
