// Made by npm run generate:examples. Takes GATEWAY, API_KEY and SECRET_KEY from the environment.
import { check } from 'k6';
import crypto from 'k6/crypto';
import http from 'k6/http';

export const options = {
  vus: Number(__ENV.VUS || 2),
  iterations: Number(__ENV.ITERATIONS || 20),
  thresholds: { checks: ['rate==1'] },
};

const { GATEWAY, API_KEY, SECRET_KEY } = __ENV;
const body = "{\"item\": 7, \"note\": \"d'été, 100 %\"}";

export default function () {
  const response = http.request('POST', GATEWAY + '/orders', body, { headers: signed() });
  check(response, { 'the call passed': ({ status }) => status >= 200 && status < 300 });
}

function signed() {
  const nonce = crypto.sha256(crypto.randomBytes(32), 'hex');
  const digest = `sha-256=:${crypto.sha256(body, 'base64')}:`;
  const parameters =
    `("@method" "@path" "@query" "content-digest");created=${Math.floor(Date.now() / 1000)};nonce="${nonce}"` +
    `;keyid="${API_KEY}";alg="hmac-sha256"`;
  const base = [
    '"@method": POST',
    '"@path": /orders',
    '"@query": ?',
    `"content-digest": ${digest}`,
    `"@signature-params": ${parameters}`,
  ].join('\n');
  return {
    'Content-Type': 'application/json',
    'Content-Digest': digest,
    'Signature-Input': `keygrant=${parameters}`,
    Signature: `keygrant=:${crypto.hmac('sha256', SECRET_KEY, base, 'base64')}:`,
  };
}
