#!/bin/sh
# Once for each deployment, before web and worker of the new version start. Runs as the owner of the tables.
set -eu
python manage.py check --deploy --fail-level ERROR
exec python manage.py prepare_database
