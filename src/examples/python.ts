import { coveredBy, type ExampleCall, partsOf } from './call.ts';
import { asString } from './javascript.ts';

/** Python 3.8 or later, nothing but its standard library. Signed by RFC 9421. */
export function pythonExample(call: ExampleCall): string {
  const { method, target, body } = call;
  const { path, query } = partsOf(target);
  return `import base64, hashlib, hmac, os, time, urllib.error, urllib.request, uuid

api_key, secret_key = os.environ["API_KEY"], os.environ["SECRET_KEY"]
${
  body
    ? `body = ${asString(body)}.encode()
digest = f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"
`
    : ''
}parameters = (
    '(${coveredBy(call)})'
    f';created={int(time.time())};nonce="{uuid.uuid4()}";keyid="{api_key}";alg="hmac-sha256"'
)
base = "\\n".join([
    ${asString(`"@method": ${method}`)},
    ${asString(`"@path": ${path}`)},
    ${asString(`"@query": ${query}`)},${body ? `\n    f'"content-digest": {digest}',` : ''}
    f'"@signature-params": {parameters}',
])
signature = base64.b64encode(hmac.new(secret_key.encode(), base.encode(), "sha256").digest()).decode()

request = urllib.request.Request(
    os.environ["GATEWAY"] + ${asString(target)},
    method=${asString(method)},${body ? '\n    data=body,' : ''}
    headers={${body ? '\n        "Content-Type": "application/json",\n        "Content-Digest": digest,' : ''}
        "Signature-Input": f"keygrant={parameters}",
        "Signature": f"keygrant=:{signature}:",
    },
)
try:
    with urllib.request.urlopen(request) as response:
        print(response.status, response.read().decode())
except urllib.error.HTTPError as refused:
    print(refused.code, refused.read().decode())
    raise SystemExit(1)
`;
}
