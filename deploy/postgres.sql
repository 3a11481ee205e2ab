-- Runs once, as superuser, when PostgreSQL starts on an empty volume: the logins and databases of everything here.
\getenv owner_password KEYGRANT_OWNER_PASSWORD
\getenv temporal_password TEMPORAL_DATABASE_PASSWORD

-- Owns the tables and is used by the migration only, which makes the service's own login: therefore CREATEROLE.
CREATE ROLE keygrant_owner LOGIN CREATEROLE PASSWORD :'owner_password';
CREATE DATABASE keygrant OWNER keygrant_owner;

CREATE ROLE temporal LOGIN PASSWORD :'temporal_password';
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
