// Where a secret could have got to. A thousand secrets in a hundred megabytes of text: so all their pieces go into one set,
// and every text is walked along once.

/** 16 characters of base64 are 96 bits, and of base64 of hex still 48: no piece is there by chance. */
const piece = 16;

/** The secret key in the text of a mail: 88 characters of base64. */
export const secretIn = (text: string) => /\b[A-Za-z0-9+/]{86}==/.exec(text)?.[0];
/** The API key: 56 characters. */
export const apiKeyIn = (text: string) =>
  /\b[A-Za-z0-9+/]{54}(?:==|[A-Za-z0-9+/]=|[A-Za-z0-9+/]{2})(?![A-Za-z0-9+/=])/.exec(text)?.[0];

/** Finds pieces of any of the secrets, as they are, decoded, as hex, or as base64 once more. */
export function seeker(secrets: readonly string[]): (text: string) => boolean {
  const pieces = new Set<string>();
  for (const secret of secrets) {
    const bytes = Buffer.from(secret);
    const hex = Buffer.from(secret, 'base64').toString();
    const forms = [
      secret,
      hex,
      Buffer.from(hex, 'hex').toString('base64').slice(0, -2),
      bytes.toString('hex'),
      ...[0, 1, 2].map((shift) =>
        Buffer.concat([Buffer.alloc(shift), bytes])
          .toString('base64')
          .slice(4, -4),
      ),
    ];
    for (const form of forms)
      for (let at = 0; at + piece <= form.length; at += 1) pieces.add(form.slice(at, at + piece));
  }
  return (text) => {
    for (const [run] of text.matchAll(/[A-Za-z0-9+/=]{16,}/g))
      for (let at = 0; at + piece <= run.length; at += 1)
        if (pieces.has(run.slice(at, at + piece))) return true;
    return false;
  };
}
