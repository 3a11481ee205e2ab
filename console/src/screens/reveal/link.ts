/** What the link in a mail says: which key, and the token that stands for the mail. */
export interface MailedLink {
  keyId: string;
  token: string;
}

const kept = 'keygrant-link';

/**
 * Keeps what follows the `#` of a mailed link until its reader is signed in. In this tab alone, since an address on the way
 * to the issuer and back would be in logs and histories.
 */
export function keepLink(fragment: string): void {
  sessionStorage.setItem(kept, fragment);
}

/** The link that this tab was opened by; undefined where there is none, or where it is not whole. */
export function keptLink(): MailedLink | undefined {
  const [, keyId, token] = /^([^.]+)\.(.+)$/.exec(sessionStorage.getItem(kept) ?? '') ?? [];
  return keyId && token ? { keyId, token } : undefined;
}

/** For a link that has done what it was for. */
export function forgetLink(): void {
  sessionStorage.removeItem(kept);
}
