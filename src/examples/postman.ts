import type { ExampleCall } from './call.ts';

// What both scripts begin with. CryptoJS is in every Postman and in newman; crypto.subtle is not. What is signed is written back
// into the request, so that nothing is resolved or encoded differently when it is sent.
const resolve = String.raw`const apiKey = pm.variables.get('apiKey');
const secretKey = pm.variables.get('secretKey');
if (!apiKey || !secretKey) throw new Error('Choose the environment with apiKey and secretKey.');

// Variables first; then what would be encoded at sending is encoded here.
const encoded = (text) => text.replace(/[^\x21-\x7e]|["'<>\\^${'`'}{|}]/gu, (c) => (c === "'" ? '%27' : encodeURIComponent(c)));
const url = encoded(pm.variables.replaceIn(pm.request.url.toString()).split('#')[0]);
pm.request.url.update(url);
let body = '';
if (pm.request.body && !pm.request.body.isEmpty()) {
  if (pm.request.body.mode !== 'raw') throw new Error('Only raw bodies are signed here.');
  body = pm.variables.replaceIn(pm.request.body.raw);
}`;

const message = String.raw`${resolve}
if (body) pm.request.body.update({ mode: 'raw', raw: body });

// HTTP Message Signatures, RFC 9421: method, path, query, the body's digest, time and nonce are covered.
const [path, query] = /^[a-z]+:\/\/[^/?]+([^?]*)(.*)$/i.exec(url).slice(1);
const covered = [['@method', pm.request.method], ['@path', path || '/'], ['@query', query || '?']];
if (body) {
  const digest = 'sha-256=:' + CryptoJS.SHA256(body).toString(CryptoJS.enc.Base64) + ':';
  covered.push(['content-digest', digest]);
  pm.request.headers.upsert({ key: 'Content-Digest', value: digest });
}
const parameters =
  '(' + covered.map(([name]) => '"' + name + '"').join(' ') + ');created=' + Math.floor(Date.now() / 1000) +
  ';nonce="' + CryptoJS.lib.WordArray.random(16).toString() + '";keyid="' + apiKey + '";alg="hmac-sha256"';
const base = [...covered.map(([name, value]) => '"' + name + '": ' + value), '"@signature-params": ' + parameters].join('\n');
const signature = CryptoJS.HmacSHA256(base, secretKey).toString(CryptoJS.enc.Base64);
pm.request.headers.upsert({ key: 'Signature-Input', value: 'keygrant=' + parameters });
pm.request.headers.upsert({ key: 'Signature', value: 'keygrant=:' + signature + ':' });`;

const dgrk = String.raw`${resolve}
// DGRK covers the body in a canonical form. This sends it so: without white space between tokens. Numbers and escapes that the
// canonical form would write otherwise are refused here; the folder of RFC 9421 takes any body.
body = body.replace(/"(?:[^"\\]|\\.)*"|\s+|-?\d[\d.eE+-]*/g, (token) => {
  if (/^\s/.test(token)) return '';
  const isText = token.startsWith('"');
  const number = Number(token);
  const isPlain = isText
    ? !/\\[^"\\bfnrt]/.test(token)
    : /^-?\d+$/.test(token) ||
      (Math.abs(number) >= 1e-3 && Math.abs(number) < 1e7 && [String(number), number + '.0'].includes(token));
  if (!isPlain) throw new Error('DGRK writes ' + token + ' in another way; sign this body by RFC 9421.');
  return token;
});
if (body) pm.request.body.update({ mode: 'raw', raw: body });
const signature = CryptoJS.HmacSHA256(body + apiKey + secretKey, secretKey).toString(CryptoJS.enc.Base64);
pm.request.headers.upsert({ key: 'Authorization', value: 'DGRK ' + apiKey + '.' + signature });`;

const folders: readonly (readonly [string, string])[] = [
  ['Signed by HTTP Message Signatures (RFC 9421)', message],
  ['Signed by DGRK, as digiRunner’s clients do', dgrk],
];

const script = (listen: 'prerequest' | 'test', text: string) => ({
  listen,
  script: { type: 'text/javascript', exec: text.split('\n') },
});

/** A Postman collection (v2.1): the calls, signed by either scheme in a script before each request. */
export function postmanCollection(calls: readonly ExampleCall[]): object {
  return {
    info: {
      name: 'Calls signed for Keygrant',
      description:
        'Every request below is signed by the script of its folder. Put your pair into the environment.',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    item: folders.map(([name, text]) => ({
      name,
      event: [script('prerequest', text)],
      item: calls.map((call) => requestOf(call)),
    })),
  };
}

function requestOf({ method, target, body }: ExampleCall): object {
  return {
    name: `${method} ${target}`,
    event: [
      script('test', "pm.test('the call passed', () => pm.expect(pm.response.code).to.be.within(200, 299));"),
    ],
    request: {
      method,
      header: body ? [{ key: 'Content-Type', value: 'application/json' }] : [],
      url: `{{gateway}}${target}`,
      ...(body ? { body: { mode: 'raw', raw: body } } : {}),
    },
  };
}

/** The environment that the collection takes its pair from; whoever imports it fills it in. */
export function postmanEnvironment(gateway: string): object {
  return {
    name: 'Keygrant',
    values: [
      { key: 'gateway', value: gateway, type: 'default', enabled: true },
      { key: 'apiKey', value: '', type: 'default', enabled: true },
      { key: 'secretKey', value: '', type: 'secret', enabled: true },
    ],
  };
}
