#!/bin/sh
# Made by npm run generate:examples. Takes GATEWAY, API_KEY and SECRET_KEY from the environment.
BODY='{"item": 7, "note": "d'\''été, 100 %"}'
DIGEST="sha-256=:$(printf '%s' "$BODY" | openssl dgst -sha256 -binary | openssl base64 -A):"
PARAMETERS='("@method" "@path" "@query" "content-digest")'
PARAMETERS="$PARAMETERS;created=$(date +%s);nonce=\"$(openssl rand -hex 16)\";keyid=\"$API_KEY\";alg=\"hmac-sha256\""
SIGNATURE=$(printf '"@method": POST\n"@path": /orders\n"@query": ?\n"content-digest": %s\n"@signature-params": %s' \
  "$DIGEST" "$PARAMETERS" | openssl dgst -sha256 -hmac "$SECRET_KEY" -binary | openssl base64 -A)
curl -sS --path-as-is -g -X POST "$GATEWAY"'/orders' \
  --data-raw "$BODY" -H 'Content-Type: application/json' -H "Content-Digest: $DIGEST" \
  -H "Signature-Input: keygrant=$PARAMETERS" -H "Signature: keygrant=:$SIGNATURE:"
