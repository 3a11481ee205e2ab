#!/bin/sh
# Made by npm run generate:examples. Takes GATEWAY, API_KEY and SECRET_KEY from the environment.
SIGNATURE=$(printf '%s' "$API_KEY$SECRET_KEY" |
  openssl dgst -sha256 -hmac "$SECRET_KEY" -binary | openssl base64 -A)
curl -sS --path-as-is -g -X GET "$GATEWAY"'/orders?page=2' -H "Authorization: DGRK $API_KEY.$SIGNATURE"
