/** The header by which a change says which revision it was made from: whoever was first in between, the API refuses it. */
export function etagOf(revision: number): { 'if-match': string } {
  return { 'if-match': `"${revision}"` };
}
