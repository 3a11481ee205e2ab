#!/bin/sh
# Brings Temporal's two databases to the schema of this version of its tools; changes nothing where they have it.
set -eu

schema=${TEMPORAL_SCHEMA:-/etc/temporal/schema/postgresql/v12}
for database in temporal temporal_visibility; do
  case $database in
    temporal) part=temporal ;;
    *) part=visibility ;;
  esac
  temporal-sql-tool --database "$database" setup-schema --version 0.0
  temporal-sql-tool --database "$database" update-schema --schema-dir "$schema/$part/versioned"
done
