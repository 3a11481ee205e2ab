#!/bin/sh
# Creates Keygrant's namespace where it is missing. The server answers some seconds before it can do that.
set -eu

attempts=0
until temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; do
  attempts=$((attempts + 1))
  if [ "$attempts" -gt 30 ]; then
    echo "The namespace $TEMPORAL_NAMESPACE could not be created within a minute." >&2
    exit 1
  fi
  # How long the history of an ended workflow can still be looked at; Keygrant's own records are in its database.
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 720h || sleep 2
done
echo "The namespace $TEMPORAL_NAMESPACE is there."
