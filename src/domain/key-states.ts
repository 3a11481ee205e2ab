import { type CalendarDate, validityOn } from './dates.ts';

/** Why a key can be suspended: somebody asked for it, or its secret was reported to have leaked. */
export const suspensions = ['request', 'leak'] as const;
export type Suspension = (typeof suspensions)[number];

/** What the state of a key follows from. */
export interface KeyFacts {
  effectiveOn: CalendarDate;
  /** Inclusive. */
  expiresOn: CalendarDate;
  revokedAt: Date | null;
  suspendedAt: Date | null;
}

/** One word for where a key stands, first match first; a key that has ended is no longer suspended, whatever it was. */
const table = [
  ['revoked', ({ revokedAt }) => revokedAt !== null],
  ['expired', ({ effectiveOn, expiresOn }, today) => validityOn(today, effectiveOn, expiresOn) === 'expired'],
  ['suspended', ({ suspendedAt }) => suspendedAt !== null],
  ['not-yet-effective', ({ effectiveOn }, today) => today < effectiveOn],
  ['effective', () => true],
] as const satisfies readonly [string, (key: KeyFacts, today: CalendarDate) => boolean][];

export type KeyState = (typeof table)[number][0];
export const keyStates: readonly KeyState[] = table.map(([state]) => state);

/** Where a key stands on a day of the configured zone. */
export function keyStateOn(today: CalendarDate, key: KeyFacts): KeyState {
  return table.find(([, holds]) => holds(key, today))?.[0] ?? 'effective';
}

/** Whether nothing opens it any more: neither a resumption nor a new secret. A change of its last day can revive an expired one. */
export function isOver(state: KeyState): boolean {
  return state === 'revoked' || state === 'expired';
}
