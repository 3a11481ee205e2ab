import { isOneLine } from './text.ts';

/** A mail address for those who may know that there is one, but not which: `a…@acme.example`. */
export function masked(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}…${address.slice(at)}`;
}

/** Whether this could be a mail address: one line without spaces, of at most 254 characters (RFC 5321, 4.5.3.1.3). */
export function isAddress(text: string): boolean {
  return text.length <= 254 && isOneLine(text) && /^[^\s@<>"]+@[^\s@<>"]+$/.test(text);
}

/** Whether two addresses are one: they are compared without regard to case, as every real mail server does. */
export function isSameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
