#!/bin/sh
# Runs once, when the database is new: roles, their passwords, and the database in the hands of its owner.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres --file /roles.sql
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set owner_password="$OWNER_PASSWORD" --set app_password="$APP_PASSWORD" <<'SQL'
ALTER ROLE cos_owner PASSWORD :'owner_password';
ALTER ROLE cos_app PASSWORD :'app_password';
CREATE DATABASE cos OWNER cos_owner;
SQL
