/**
 * A call without a body, for the reader's shell. It takes everything from variables: the secret is not repeated, and
 * nothing that people wrote is ever pasted into a shell.
 */
export const signing = `SIGNATURE=$(printf '%s' "$API_KEY$SECRET_KEY" |
  openssl dgst -sha256 -hmac "$SECRET_KEY" -binary | openssl base64 -A)
curl -H "Authorization: DGRK $API_KEY.$SIGNATURE" "$URL"`;
