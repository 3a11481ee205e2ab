import { isDgrk } from './credentials.ts';

/** Fields that concern one connection (RFC 9110, 7.6.1), older ones among them. */
const hopByHop: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
]);
/** What is made anew: by the client that sends the call, or here. */
const replaced = new Set([
  'host',
  'content-length',
  'expect',
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-request-id',
]);

/** Who calls, as the upstream is told. */
export interface Identity {
  key: string;
  client: string;
  api: string;
  requestId: string;
  /** The addresses that the call has come by, the caller's first. */
  addresses: readonly string[];
  host: string;
  protocol: string;
}

/**
 * The header fields of a call as its upstream gets them: those of the caller in their order, without what concerns the
 * connection, what a caller could say of itself in our name, and the Authorization of DGRK; then what we say.
 * @param raw names and values in turn, as they came
 */
export function requestHeaders(raw: readonly string[], identity: Identity): string[] {
  const fields = fieldsWithout(raw, (name, value) => {
    // Servers that make variables of fields read X_Keygrant_Key and X-Keygrant-Key as one.
    const isOurs = name.startsWith('x') && /^x[-_]keygrant[-_]/.test(name);
    return isOurs || replaced.has(name) || (name === 'authorization' && isDgrk(value));
  });
  fields.push('x-keygrant-key', identity.key, 'x-keygrant-client', identity.client);
  fields.push('x-keygrant-api', identity.api, 'x-request-id', identity.requestId);
  fields.push('x-forwarded-for', identity.addresses.join(', '), 'x-forwarded-host', identity.host);
  fields.push('x-forwarded-proto', identity.protocol);
  return fields;
}

/**
 * The header fields of an answer as its caller gets them: those of the upstream in their order, without what concerns the
 * connection, and ours in the place of its own.
 * @param raw names and values in turn, as they came
 * @param ours by names in small letters
 */
export function responseHeaders(raw: readonly string[], ours: Readonly<Record<string, string>>): string[] {
  const fields = fieldsWithout(raw, (name) => Object.hasOwn(ours, name));
  for (const name in ours) fields.push(name, ours[name] ?? '');
  return fields;
}

/**
 * Where a call goes: the target as it came, behind what the registry names. `https://orders.internal/v2` and `/orders?page=2`
 * are `https://orders.internal/v2/orders?page=2`; a query in the registry comes before the caller's.
 */
export function upstreamOf(upstreamUrl: string, target: string): { origin: string; path: string } {
  const { origin, pathname, search } = parsed(upstreamUrl);
  const at = target.includes('?') ? target.indexOf('?') : target.length;
  const query = [search.slice(1), target.slice(at + 1)].filter((part) => part !== '').join('&');
  const path = pathname.replace(/\/$/, '') + target.slice(0, at);
  return { origin, path: query ? `${path}?${query}` : path };
}

/** The fields as they came, without those that concern the connection and those that are not to go on. */
function fieldsWithout(
  raw: readonly string[],
  isLeftOut: (name: string, value: string) => boolean,
): string[] {
  const dropped = droppedOf(raw);
  const fields: string[] = [];
  for (let at = 0; at < raw.length; at += 2) {
    const [field = '', value = ''] = [raw[at], raw[at + 1]];
    const name = field.toLowerCase();
    if (!dropped.has(name) && !isLeftOut(name, value)) fields.push(field, value);
  }
  return fields;
}

/** The fields that concern one connection alone: those that always do, and those that it names. */
function droppedOf(raw: readonly string[]): ReadonlySet<string> {
  let dropped = hopByHop;
  for (let at = 0; at < raw.length; at += 2) {
    if (raw[at]?.length !== 10 || raw[at]?.toLowerCase() !== 'connection') continue;
    const named = (raw[at + 1] ?? '').toLowerCase().split(',');
    if (named.every((name) => hopByHop.has(name.trim()))) continue;
    dropped = new Set([...dropped, ...named.map((name) => name.trim())]);
  }
  return dropped;
}

const urls = new Map<string, URL>();

/** A registered address, taken apart once; there are as many as APIs. */
function parsed(url: string): URL {
  let known = urls.get(url);
  if (!known) {
    if (urls.size >= 10_000) urls.clear();
    urls.set(url, (known = new URL(url)));
  }
  return known;
}
