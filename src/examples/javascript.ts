import { coveredBy, type ExampleCall, partsOf } from './call.ts';

/** A text as a string of JavaScript or Python; JSON's escapes mean the same in both. */
export function asString(text: string): string {
  if (/^[^'\\\p{C}\p{Zl}\p{Zp}]*$/u.test(text)) return `'${text}'`;
  return JSON.stringify(text).replaceAll(/[\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);
}

/** Node 20 or later, a module; WebCrypto alone, so the same lines sign in browsers and at the edge. Signed by RFC 9421. */
export function javascriptExample(call: ExampleCall): string {
  const { method, target, body } = call;
  const { path, query } = partsOf(target);
  return `const { GATEWAY, API_KEY, SECRET_KEY } = process.env;
const bytes = (text) => new TextEncoder().encode(text);
const base64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
${
  body
    ? `
const body = ${asString(body)};
const digest = \`sha-256=:\${base64(await crypto.subtle.digest('SHA-256', bytes(body)))}:\`;`
    : ''
}
const created = Math.floor(Date.now() / 1000);
const nonce = crypto.randomUUID();
const parameters = \`(${coveredBy(call)});created=\${created};nonce="\${nonce}";keyid="\${API_KEY}";alg="hmac-sha256"\`;
const base = [
  ${asString(`"@method": ${method}`)},
  ${asString(`"@path": ${path}`)},
  ${asString(`"@query": ${query}`)},${body ? '\n  `"content-digest": ${digest}`,' : ''}
  \`"@signature-params": \${parameters}\`,
].join('\\n');
const hmac = { name: 'HMAC', hash: 'SHA-256' };
const key = await crypto.subtle.importKey('raw', bytes(SECRET_KEY), hmac, false, ['sign']);
const signature = base64(await crypto.subtle.sign('HMAC', key, bytes(base)));

const response = await fetch(GATEWAY + ${asString(target)}, {
  method: ${asString(method)},
  headers: {${body ? "\n    'Content-Type': 'application/json',\n    'Content-Digest': digest," : ''}
    'Signature-Input': \`keygrant=\${parameters}\`,
    Signature: \`keygrant=:\${signature}:\`,
  },${body ? '\n  body,' : ''}
});
console.log(response.status, await response.text());
`;
}
