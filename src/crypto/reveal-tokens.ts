import { isSigned, type MasterKeys, signText } from './master-keys.ts';

const purpose = 'reveal 1';

/**
 * The token of the link in a mail that hands over a key: the mail's id and this service's HMAC-SHA256 of it. It lies nowhere,
 * not even as a digest, and an attempt that is repeated repeats the same link, as a repeated mail should.
 */
export function revealToken(keys: MasterKeys, mailId: string): string {
  return `${mailId}.${signText(keys, purpose, mailId)}`;
}

/** The id of the mail that a token was made for; undefined for anything else. */
export function readRevealToken(keys: MasterKeys, token: string): string | undefined {
  const [, mailId = '', signature = ''] = /^([^.]{1,64})\.(.{1,64})$/.exec(token) ?? [];
  return isSigned(keys, purpose, mailId, signature) ? mailId : undefined;
}
