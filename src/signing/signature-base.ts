/** A covered component as it stands in a signature base: its identifier without quotes, and its value. */
export type Component = readonly [identifier: string, value: string];

/**
 * What an HTTP message signature covers (RFC 9421, section 2.5): a line for each component in their order, then the list of
 * them with its parameters. Without a line break at the end.
 * @param parameters the value of `@signature-params`, as it stands in Signature-Input
 */
export function signatureBase(components: readonly Component[], parameters: string): string {
  return [
    ...components.map(([identifier, value]) => `"${identifier}": ${value}`),
    `"@signature-params": ${parameters}`,
  ].join('\n');
}

/** The values of `@path` and `@query` (RFC 9421, 2.2.6 and 2.2.7) of a request target; without a query that is `?`. */
export function targetComponents(target: string): { '@path': string; '@query': string } {
  const at = target.includes('?') ? target.indexOf('?') : target.length;
  return { '@path': target.slice(0, at) || '/', '@query': target.slice(at) || '?' };
}
