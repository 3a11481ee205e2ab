import { coveredBy, type ExampleCall, partsOf } from './call.ts';
import { asString } from './javascript.ts';

/** A k6 script; every iteration signs anew, since a nonce counts once. Signed by RFC 9421. */
export function k6Example(call: ExampleCall): string {
  const { method, target, body } = call;
  const { path, query } = partsOf(target);
  return `import { check } from 'k6';
import crypto from 'k6/crypto';
import http from 'k6/http';

export const options = {
  vus: Number(__ENV.VUS || 2),
  iterations: Number(__ENV.ITERATIONS || 20),
  thresholds: { checks: ['rate==1'] },
};

const { GATEWAY, API_KEY, SECRET_KEY } = __ENV;
const body = ${body ? asString(body) : 'null'};

export default function () {
  const response = http.request(${asString(method)}, GATEWAY + ${asString(target)}, body, { headers: signed() });
  check(response, { 'the call passed': ({ status }) => status >= 200 && status < 300 });
}

function signed() {
  const nonce = crypto.sha256(crypto.randomBytes(32), 'hex');${body ? "\n  const digest = `sha-256=:${crypto.sha256(body, 'base64')}:`;" : ''}
  const parameters =
    \`(${coveredBy(call)});created=\${Math.floor(Date.now() / 1000)};nonce="\${nonce}"\` +
    \`;keyid="\${API_KEY}";alg="hmac-sha256"\`;
  const base = [
    ${asString(`"@method": ${method}`)},
    ${asString(`"@path": ${path}`)},
    ${asString(`"@query": ${query}`)},${body ? '\n    `"content-digest": ${digest}`,' : ''}
    \`"@signature-params": \${parameters}\`,
  ].join('\\n');
  return {${body ? "\n    'Content-Type': 'application/json',\n    'Content-Digest': digest," : ''}
    'Signature-Input': \`keygrant=\${parameters}\`,
    Signature: \`keygrant=:\${crypto.hmac('sha256', SECRET_KEY, base, 'base64')}:\`,
  };
}
`;
}
