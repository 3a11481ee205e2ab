#!/bin/sh
# Writes .env from .env.example with fresh secrets: sh deploy/new-env.sh. Never overwrites one: its master key opens
# every secret that is sealed with it.
set -eu
cd "$(dirname "$0")/.."

if [ -e .env ]; then
  echo '.env is there already; nothing was changed.' >&2
  exit 1
fi
umask 077
while IFS= read -r line; do
  case $line in
    MASTER_KEYS=) echo "MASTER_KEYS=1:$(openssl rand -base64 32)" ;;
    *_PASSWORD=) echo "$line$(openssl rand -hex 24)" ;;
    *) echo "$line" ;;
  esac
done <.env.example >.env
echo 'Wrote .env with fresh passwords and a master key. Fill in what is still empty; keep a copy of MASTER_KEYS elsewhere.'
