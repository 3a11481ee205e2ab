import { type ApplicationState, stateNames } from './application-states.ts';
import { momentIn } from './dates.ts';

/** What is needed to say in words where an application stands. */
export interface Standing {
  state: ApplicationState;
  level: number | null;
  levels: number;
  levelName: string | null;
  /** How many have approved the open level, of how many. */
  approvals: { given: number; needed: number };
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
            ? 'On approval the key is issued and then mailed.'
            : `On approval it goes on to level ${(standing.level ?? 0) + 1}.`,
      };
    case 'approved':
      return { now: `${name} by all levels`, next: 'The key is being issued.' };
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
        now: `${name}: the credentials were mailed`,
        next: 'The key works from its effective to its expiry date.',
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

/** Said only where a level needs more than one approval. */
function given({ approvals }: Standing): string {
  return approvals.needed > 1 ? `${approvals.given} of ${approvals.needed} approvals, ` : '';
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'a reviewer (none is available: an admin should look at the flow)';
  return names.length === 1 ? String(names[0]) : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
