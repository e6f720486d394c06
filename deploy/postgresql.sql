-- The role and the database of TRACE, and what the server may write down of what the role does: nothing.
-- As the superuser, once and again whenever you like. What is named in the environment is taken from there:
--   TRACE_PASSWORD  becomes the role's password (psql 14 or newer)
--   TRACE_ROLE      another role that acts as `trace`, for a change of passwords
--
-- PostgreSQL writes failing and slow statements to its log as they came, with what people answered and which link they
-- used; monitoring reads running ones. Only a superuser can forbid it, and only here. TRACE asks at every start.

\set role trace
\getenv role TRACE_ROLE
\getenv password TRACE_PASSWORD

SELECT format('CREATE ROLE %I LOGIN', name) FROM unnest(ARRAY['trace', :'role']) AS name
    WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) GROUP BY name \gexec
SELECT 'CREATE DATABASE trace OWNER trace TEMPLATE template0 ENCODING ''UTF8'''
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'trace') \gexec

SELECT :'role' <> 'trace' AS is_another \gset
\if :is_another
    GRANT trace TO :"role";
    ALTER ROLE :"role" SET role = 'trace';                  -- whatever it makes is the other's as well
\endif
\if :{?password}
    ALTER ROLE :"role" PASSWORD :'password';
\endif

ALTER ROLE :"role" SET log_statement = 'none';
ALTER ROLE :"role" SET log_min_duration_statement = -1;
ALTER ROLE :"role" SET log_min_duration_sample = -1;
ALTER ROLE :"role" SET log_transaction_sample_rate = 0;
ALTER ROLE :"role" SET log_min_error_statement = 'panic';
ALTER ROLE :"role" SET log_min_messages = 'fatal';          -- an error's first line may quote a value as well
ALTER ROLE :"role" SET log_error_verbosity = 'terse';       -- and its details quote whole rows
ALTER ROLE :"role" SET track_activities = off;              -- pg_stat_activity, and the last words of a process that crashed
