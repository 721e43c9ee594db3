-- Two roles: the owner migrates, the application works. Both have limits, so that no statement or lock waits for ever.
-- May run again at any time. Passwords are set elsewhere; table rights by `manage.py grant_app_role` after each migration.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cos_owner') THEN
        CREATE ROLE cos_owner LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cos_app') THEN
        CREATE ROLE cos_app LOGIN;
    END IF;
END
$$;

ALTER ROLE cos_owner SET lock_timeout = '2s';

ALTER ROLE cos_app SET statement_timeout = '5s';
ALTER ROLE cos_app SET lock_timeout = '3s';
ALTER ROLE cos_app SET idle_in_transaction_session_timeout = '30s';
