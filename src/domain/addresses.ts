/** A mail address for those who may know that there is one, but not which: `a…@acme.example`. */
export function masked(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}…${address.slice(at)}`;
}
