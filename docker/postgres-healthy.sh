#!/bin/sh
# The database of the service answers, not only the server: it is created last.
exec psql --username "$POSTGRES_USER" --dbname cos --quiet --output /dev/null --command "SELECT 1"
