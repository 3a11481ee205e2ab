import { type ApplicationState, stateNames } from './application-states.ts';
import { momentIn } from './dates.ts';
import type { ApplicationKind } from './kinds.ts';

/** What is needed to say in words where an application stands. */
export interface Standing {
  state: ApplicationState;
  kind: ApplicationKind;
  level: number | null;
  levels: number;
  levelName: string | null;
  /** How many have approved the open level, of how many. */
  approvals: { given: number; needed: number };
  /** How many have denied it, of how many that end it. */
  denials: { given: number; needed: number };
  /** Names of those who must act. */
  waitingFor: readonly string[];
  deliveryDueAt: Date | null;
  /** Who holds the mail back. */
  heldBy: string | null;
  /** Why it was returned or rejected. */
  reason: string | null;
}

/** The state as a person would say it, and what comes next. One voice for API, mails and Temporal's UI. */
export function inWords(standing: Standing, zone: string): { now: string; next: string } {
  const name = stateNames[standing.state];
  const reason = standing.reason ? `: ${standing.reason}` : '';
  switch (standing.state) {
    case 'draft':
      return { now: `${name}, not yet submitted`, next: 'The applicant submits it for review.' };
    case 'pending':
      return {
        now: `${name}: level ${standing.level} of ${standing.levels} (${standing.levelName}), ${given(standing)}waiting for ${listed(standing.waitingFor)}`,
        next:
          standing.level === standing.levels
            ? onApproval[standing.kind]
            : 'On approval it goes on to its next level.',
      };
    case 'approved':
      return { now: `${name} by all levels`, next: underWay[standing.kind] };
    case 'issued':
      if (standing.heldBy !== null) {
        return {
          now: `${name}: the mail with the credentials is held back by ${standing.heldBy}`,
          next: 'It leaves after it is released, or never, if it is recalled.',
        };
      }
      return {
        now: `${name}: the key exists, its credentials are not mailed yet`,
        next: standing.deliveryDueAt
          ? `The mail with the credentials leaves at ${momentIn(zone, standing.deliveryDueAt)}.`
          : 'The mail with the credentials is about to leave.',
      };
    case 'delivered':
      return {
        now: `${name}: the mail with the key has left`,
        next: 'The key works from its effective to its expiry date.',
      };
    case 'completed':
      return {
        now: `${name}: ${done[standing.kind]}`,
        next:
          standing.kind === 'revoke'
            ? 'Nothing; the key opens no API any more.'
            : 'Nothing; the key keeps its pair.',
      };
    case 'returned':
      return {
        now: `${name}${reason}`,
        next: 'The applicant edits and submits it again; every level starts afresh.',
      };
    case 'rejected':
    case 'withdrawn':
    case 'lapsed':
    case 'recalled':
      return { now: `${name}${reason}`, next: 'Nothing; the applicant may write a new application.' };
  }
}

const onApproval = {
  apply: 'On approval the key is issued and then mailed.',
  update: 'On approval the key is changed; its pair stays.',
  revoke: 'On approval the key is revoked.',
} as const satisfies Record<ApplicationKind, string>;
const underWay = {
  apply: 'The key is being issued.',
  update: 'The key is being changed.',
  revoke: 'The key is being revoked.',
} as const satisfies Record<ApplicationKind, string>;
const done = {
  apply: 'the key was issued',
  update: 'the key was changed',
  revoke: 'the key was revoked',
} as const satisfies Record<ApplicationKind, string>;

/** Said only where a level needs more than one approval, or was denied by fewer than end it. */
function given({ approvals, denials }: Standing): string {
  const approved = approvals.needed > 1 ? `${approvals.given} of ${approvals.needed} approvals, ` : '';
  return denials.given > 0 ? `${approved}${denials.given} of ${denials.needed} denials, ` : approved;
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'a reviewer (none is available: an admin should look at the flow)';
  return names.length === 1 ? String(names[0]) : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
