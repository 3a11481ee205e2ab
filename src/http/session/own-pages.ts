import type { FastifyRequest } from 'fastify';
import { KeygrantError } from '../../domain/errors.ts';

const readingMethods: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * Lets a request by cookie pass only if a page of our own sent it, since browsers send cookies along whoever asks. As OWASP's
 * Cross-Site Request Forgery Prevention advises, browsers' own word counts (Sec-Fetch-Site, which no script can set),
 * else Origin; a change that has neither is refused. What is typed into the address bar may read.
 * @throws KeygrantError `foreign-page`
 */
export function requireOwnPage({ headers, method }: FastifyRequest, publicUrl: string): void {
  const { 'sec-fetch-site': site, origin } = headers;
  const reads = readingMethods.has(method);
  const isOwn =
    site === undefined
      ? origin === new URL(publicUrl).origin || (origin === undefined && reads)
      : site === 'same-origin' || (site === 'none' && reads);
  if (!isOwn) throw new KeygrantError('foreign-page');
}

/**
 * Where to go after the sign-in, as an absolute address: the path that was asked for if it is one of ours, else the start.
 * Judged as browsers read it, to whom `//evil.example` and `/\evil.example` are other hosts.
 */
export function ownAddress(publicUrl: string, path = '/'): string {
  const { origin } = new URL(publicUrl);
  const start = `${origin}/`;
  if (!path.startsWith('/') || path.length > 2000 || !URL.canParse(path, start)) return start;
  const address = new URL(path, start);
  return address.origin === origin ? address.href : start;
}
