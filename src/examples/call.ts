// Examples of signed calls as text. Nothing here imports anything outside this folder, so that the console, the documents and the
// tests can make the same ones. No example ever holds a secret: each takes the pair from variables of the environment.

/** A call that an example is made for. */
export interface ExampleCall {
  method: string;
  /** Path and query, percent-encoded. */
  target: string;
  /** Sent and signed as it stands; empty for none. */
  body: string;
}

/** The two halves of a target as RFC 9421 has them (2.2.6, 2.2.7): without a query it is `?`. */
export function partsOf(target: string): { path: string; query: string } {
  const at = target.indexOf('?');
  return at === -1 ? { path: target, query: '?' } : { path: target.slice(0, at), query: target.slice(at) };
}

/** What a message signature of the call covers, as it stands in Signature-Input. */
export function coveredBy({ body }: ExampleCall): string {
  return ['@method', '@path', '@query', ...(body ? ['content-digest'] : [])]
    .map((name) => `"${name}"`)
    .join(' ');
}
