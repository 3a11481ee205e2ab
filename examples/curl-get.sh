#!/bin/sh
# Made by npm run generate:examples. Takes GATEWAY, API_KEY and SECRET_KEY from the environment.
PARAMETERS='("@method" "@path" "@query")'
PARAMETERS="$PARAMETERS;created=$(date +%s);nonce=\"$(openssl rand -hex 16)\";keyid=\"$API_KEY\";alg=\"hmac-sha256\""
SIGNATURE=$(printf '"@method": GET\n"@path": /orders\n"@query": ?page=2\n"@signature-params": %s' \
  "$PARAMETERS" | openssl dgst -sha256 -hmac "$SECRET_KEY" -binary | openssl base64 -A)
curl -sS --path-as-is -g -X GET "$GATEWAY"'/orders?page=2' \
  -H "Signature-Input: keygrant=$PARAMETERS" -H "Signature: keygrant=:$SIGNATURE:"
