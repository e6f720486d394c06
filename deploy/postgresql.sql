-- The role and the database of TRACE, and what the server may write down of what the role does: nothing.
-- As the superuser, once and again whenever you like:   sudo -u postgres psql -f deploy/postgresql.sql
-- then give the role its password:                      sudo -u postgres psql -c '\password trace'
--
-- PostgreSQL writes failing and slow statements to its log as they came, with what people answered and which link they
-- used; monitoring reads running ones. Only a superuser can forbid it, and only here. TRACE asks at every start.

SELECT 'CREATE ROLE trace LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'trace') \gexec
SELECT 'CREATE DATABASE trace OWNER trace TEMPLATE template0 ENCODING ''UTF8'''
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'trace') \gexec

ALTER ROLE trace SET log_statement = 'none';
ALTER ROLE trace SET log_min_duration_statement = -1;
ALTER ROLE trace SET log_min_duration_sample = -1;
ALTER ROLE trace SET log_transaction_sample_rate = 0;
ALTER ROLE trace SET log_min_error_statement = 'panic';
ALTER ROLE trace SET log_min_messages = 'fatal';        -- an error's first line may quote a value as well
ALTER ROLE trace SET log_error_verbosity = 'terse';     -- and its details quote whole rows
ALTER ROLE trace SET track_activities = off;            -- pg_stat_activity, and the last words of a process that crashed

-- Where containers name a password (psql 14 or newer).
\getenv trace_password TRACE_PASSWORD
\if :{?trace_password}
    ALTER ROLE trace PASSWORD :'trace_password';
\endif
