import type { IncomingHttpHeaders } from 'node:http';
import { isDgrk } from './credentials.ts';

/** Fields that concern one connection (RFC 9110, 7.6.1), older ones among them. */
const hopByHop = [
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
];
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
  const fields = pairs(raw);
  const dropped = connectionFields(
    fields.filter(([name]) => name.toLowerCase() === 'connection').map(([, v]) => v),
  );
  const kept = fields.filter(([field, value]) => {
    const name = field.toLowerCase();
    // Servers that make variables of fields read X_Keygrant_Key and X-Keygrant-Key as one.
    if (dropped.has(name) || replaced.has(name) || /^x[-_]keygrant[-_]/.test(name)) return false;
    return name !== 'authorization' || !isDgrk(value);
  });
  const ours = Object.entries({
    'x-keygrant-key': identity.key,
    'x-keygrant-client': identity.client,
    'x-keygrant-api': identity.api,
    'x-request-id': identity.requestId,
    'x-forwarded-for': identity.addresses.join(', '),
    'x-forwarded-host': identity.host,
    'x-forwarded-proto': identity.protocol,
  });
  return [...kept, ...ours].flat();
}

/** The header fields of an answer as its caller gets them. */
export function responseHeaders(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const { connection = '' } = headers;
  const dropped = connectionFields([connection].flat());
  return Object.fromEntries(
    Object.entries(headers).filter(
      (field): field is [string, string | string[]] => field[1] !== undefined && !dropped.has(field[0]),
    ),
  );
}

/**
 * Where a call goes: the target as it came, behind what the registry names. `https://orders.internal/v2` and `/orders?page=2`
 * are `https://orders.internal/v2/orders?page=2`; a query in the registry comes before the caller's.
 */
export function upstreamOf(upstreamUrl: string, target: string): { origin: string; path: string } {
  const { origin, pathname, search } = new URL(upstreamUrl);
  const at = target.includes('?') ? target.indexOf('?') : target.length;
  const query = [search.slice(1), target.slice(at + 1)].filter((part) => part !== '').join('&');
  const path = pathname.replace(/\/$/, '') + target.slice(0, at);
  return { origin, path: query ? `${path}?${query}` : path };
}

function connectionFields(values: readonly string[]): Set<string> {
  const named = values.flatMap((value) => value.split(',')).map((name) => name.trim().toLowerCase());
  return new Set([...hopByHop, ...named]);
}

function pairs(raw: readonly string[]): [string, string][] {
  return Array.from({ length: raw.length / 2 }, (_, at) => [raw[2 * at] ?? '', raw[2 * at + 1] ?? '']);
}
