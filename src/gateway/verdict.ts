/** Why a call is refused: a closed list, for machines. What each means is for people. */
export const refusals = {
  malformed: 'The call is not signed in a form that can be read.',
  'client-disabled': 'The client that the key belongs to is disabled.',
  unauthorized: 'There is no such key, or the signature is not that of this call by its secret.',
  'dgrk-refused': 'Calls of this key must be signed by HTTP Message Signatures (RFC 9421) now.',
  'outside-window': 'The signature was created more than five minutes from now, or has expired.',
  suspended: 'The key is suspended.',
  revoked: 'The key has been revoked.',
  'not-yet-effective': 'The key does not open anything yet.',
  expired: 'The key has expired.',
  'quota-used-up': 'All calls of the quota have been made.',
  'api-not-permitted': 'The key does not open an API of this method and path.',
  replayed: 'The nonce of this signature was used before.',
} as const;

export type Refusal = keyof typeof refusals;

/** For log and audit only, where `unauthorized` would hide what they are read for. */
export type Cause = Exclude<Refusal, 'unauthorized'> | 'unknown-key' | 'wrong-signature' | 'wrong-digest';

/** Whether a call may pass. Whose it is, and how far its quota is used, only a right signature finds out. */
export interface Verdict {
  valid: boolean;
  /** Null for a call that may pass. */
  reason: Refusal | null;
  key: { id: string; name: string } | null;
  client: { id: string; name: string } | null;
  quota: { limit: number; used: number } | null;
}
