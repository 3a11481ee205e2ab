import { coveredBy, type ExampleCall, partsOf } from './call.ts';

/** A text as one word of a POSIX shell. */
const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** A text as it stands within printf's format, in single quotes. */
const format = (text: string) =>
  text.replaceAll('\\', String.raw`\\`).replaceAll('%', '%%').replaceAll("'", String.raw`'\''`);

/** curl and openssl, in any POSIX shell; signed by RFC 9421. Takes GATEWAY, API_KEY and SECRET_KEY from the environment. */
export function curlExample(call: ExampleCall): string {
  const { method, target, body } = call;
  const { path, query } = partsOf(target);
  const lines = [
    ...(body
      ? [
          `BODY=${quoted(body)}`,
          `DIGEST="sha-256=:$(printf '%s' "$BODY" | openssl dgst -sha256 -binary | openssl base64 -A):"`,
        ]
      : []),
    `PARAMETERS=${quoted(`(${coveredBy(call)})`)}`,
    `PARAMETERS="$PARAMETERS;created=$(date +%s);nonce=\\"$(openssl rand -hex 16)\\";keyid=\\"$API_KEY\\";alg=\\"hmac-sha256\\""`,
    `SIGNATURE=$(printf '"@method": ${method}\\n"@path": ${format(path)}\\n"@query": ${format(query)}\\n${body ? '"content-digest": %s\\n' : ''}"@signature-params": %s' \\`,
    `  ${body ? '"$DIGEST" ' : ''}"$PARAMETERS" | openssl dgst -sha256 -hmac "$SECRET_KEY" -binary | openssl base64 -A)`,
    `curl -sS --path-as-is -g -X ${method} "$GATEWAY"${quoted(target)} \\`,
    ...(body
      ? [`  --data-raw "$BODY" -H 'Content-Type: application/json' -H "Content-Digest: $DIGEST" \\`]
      : []),
    `  -H "Signature-Input: keygrant=$PARAMETERS" -H "Signature: keygrant=:$SIGNATURE:"`,
  ];
  return `${lines.join('\n')}\n`;
}

/** The same by digiRunner's scheme, for a call without a body: the signature of one needs the body's canonical form. */
export function curlDgrkExample({ method, target }: Omit<ExampleCall, 'body'>): string {
  return `SIGNATURE=$(printf '%s' "$API_KEY$SECRET_KEY" |
  openssl dgst -sha256 -hmac "$SECRET_KEY" -binary | openssl base64 -A)
curl -sS --path-as-is -g -X ${method} "$GATEWAY"${quoted(target)} -H "Authorization: DGRK $API_KEY.$SIGNATURE"
`;
}
