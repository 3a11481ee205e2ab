// Made by npm run generate:examples. Takes GATEWAY, API_KEY and SECRET_KEY from the environment.
const { GATEWAY, API_KEY, SECRET_KEY } = process.env;
const bytes = (text) => new TextEncoder().encode(text);
const base64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));

const created = Math.floor(Date.now() / 1000);
const nonce = crypto.randomUUID();
const parameters = `("@method" "@path" "@query");created=${created};nonce="${nonce}";keyid="${API_KEY}";alg="hmac-sha256"`;
const base = [
  '"@method": GET',
  '"@path": /orders',
  '"@query": ?page=2',
  `"@signature-params": ${parameters}`,
].join('\n');
const hmac = { name: 'HMAC', hash: 'SHA-256' };
const key = await crypto.subtle.importKey('raw', bytes(SECRET_KEY), hmac, false, ['sign']);
const signature = base64(await crypto.subtle.sign('HMAC', key, bytes(base)));

const response = await fetch(GATEWAY + '/orders?page=2', {
  method: 'GET',
  headers: {
    'Signature-Input': `keygrant=${parameters}`,
    Signature: `keygrant=:${signature}:`,
  },
});
console.log(response.status, await response.text());
