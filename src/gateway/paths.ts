/** A registered API as calls are compared with it. */
export interface Route {
  method: string;
  /** A pattern of src/domain/apis.ts. */
  path: string;
}

/** What upstreams may read as more, or less, than one segment: separators and points that are still, or again, encoded. */
const ambiguous = /[/\\]|%(?:2e|2f|5c|25)/i;

/**
 * The segments of a request target (RFC 9112, 3.2.1), decoded once. Undefined where this service and whatever stands behind
 * it could disagree on what is meant: dot segments, encoded slashes, empty segments but a last one, anything undecodable.
 */
export function segmentsOf(target: string): string[] | undefined {
  const [path = ''] = target.split('?', 1);
  if (!path.startsWith('/') || path.includes('#')) return undefined;
  const segments: string[] = [];
  const raw = path.slice(1).split('/');
  for (const [at, encoded] of raw.entries()) {
    const segment = decoded(encoded);
    if (segment === undefined || ambiguous.test(segment) || hasControl(segment)) return undefined;
    if (segment === '' && at < raw.length - 1) return undefined;
    // Servlet containers cut parameters off before they look for dot segments: `..;x` is `..` to them.
    const [name] = segment.split(';', 1);
    if (name === '.' || name === '..') return undefined;
    segments.push(segment);
  }
  return segments;
}

/** Whether a call of that method and those segments is one of the API: `{id}` is one segment, a last `*` one or more. */
export function isRouteOf(route: Route, method: string, segments: readonly string[]): boolean {
  if (route.method !== '*' && route.method !== method) return false;
  const pattern = route.path.slice(1).split('/');
  for (const [at, part] of pattern.entries()) {
    const segment = segments[at];
    if (segment === undefined) return false;
    // `/*` is everything, `/orders/*` what is below, which `/orders/` is not.
    if (part === '*') return segment !== '' || at === 0;
    if (part.startsWith('{') ? segment === '' : segment !== part) return false;
  }
  return pattern.length === segments.length;
}

/**
 * The route that says the most about a call, of those that it is one of: from the left, names before `{…}` before `*`; then
 * a method before any.
 */
export function mostSpecific<T extends Route>(
  routes: readonly T[],
  method: string,
  segments: readonly string[],
): T | undefined {
  const rank = ({ method: of, path }: Route) =>
    path.replaceAll(/[^/]+/g, (part) => (part === '*' ? '2' : part.startsWith('{') ? '1' : '0')) +
    (of === '*' ? '~' : '');
  return routes
    .filter((route) => isRouteOf(route, method, segments))
    .toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))[0];
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function hasControl(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
