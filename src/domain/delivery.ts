import { isSameAddress } from './addresses.ts';
import { type ApplicationState, move } from './application-states.ts';
import type { DeliveryAct } from './decision.ts';
import { type Level, reviews } from './levels.ts';
import { isAdmin, type Person } from './people.ts';
import type { ProblemCode } from './problems.ts';

/** How often within a day the credentials can be asked for again: often enough for a mistake, too seldom to flood anybody. */
const resendsADay = 3;

/** A change of the address that the credentials go to; `approved` until its mail has left. */
interface OpenChange {
  state: 'pending' | 'approved';
  requestedBy: string;
  email: string;
  approvedBy: readonly string[];
}

/** Where the delivery of a key stands: all that is needed to judge what is done about it. */
export interface Delivery {
  state: ApplicationState;
  applicantId: string;
  held: boolean;
  levels: readonly Level[];
  /** Everybody enabled who reviews the last level; where a flow has none, the admins. */
  reviewers: readonly Person[];
  /** The mail that hands over the key, the newest that was not superseded; undefined before there is one. */
  mail: { occurrence: number; sent: boolean; attempts: number } | undefined;
  /** Whether the key is void. */
  revoked: boolean;
  /** Whether its secret was shown by a link. */
  revealed: boolean;
  /** How often it was asked for again in the last 24 hours. */
  resends: number;
  change: OpenChange | undefined;
}

/** The reason why `person` may not do so, or undefined when they may. Asked twice, like the judgement of a verdict. */
export function judgeDelivery(
  delivery: Delivery,
  person: Person,
  asked: { act: DeliveryAct; level: number; comment: string; address?: string | undefined },
): ProblemCode | undefined {
  const { act } = asked;
  if (act === 'approve-address' || act === 'deny-address')
    return judgeChange(delivery, person, { ...asked, act });
  if (!person.enabled || !(person.id === delivery.applicantId || isAdmin(person)))
    return 'not-the-applicant-or-admin';
  const { mail, state } = delivery;
  if (delivery.revoked) return 'too-late';
  if (!mail) return move(state, 'withdraw') || move(state, 'submit') ? 'not-yet-mailed' : 'too-late';
  if (delivery.revealed) return 'already-revealed';
  if (act === 'correct-address' && delivery.change) return 'address-pending';
  // One that nobody has tried to send yet waits for its time.
  if (delivery.held || (!mail.sent && mail.attempts === 0)) return 'not-yet-mailed';
  if (act === 'resend' && asked.level !== mail.occurrence) return 'already-resent';
  if (act === 'resend') return delivery.resends >= resendsADay ? 'resend-limit' : undefined;
  const able = deciders(delivery, person.id).length >= approvalsNeeded(delivery);
  return able ? undefined : 'level-without-reviewer';
}

/** A reviewer of the last level decides, on the address that they saw; whoever asked for it can take it back. */
function judgeChange(
  delivery: Delivery,
  person: Person,
  {
    act,
    comment,
    address,
  }: { act: 'approve-address' | 'deny-address'; comment: string; address?: string | undefined },
): ProblemCode | undefined {
  const { change } = delivery;
  const denies = act === 'deny-address';
  const own = person.id === delivery.applicantId || person.id === change?.requestedBy;
  if (!change || delivery.revoked || !(denies || change.state === 'pending')) return 'no-address-change';
  if (denies && person.enabled && own) return undefined;
  if (person.id === delivery.applicantId) return 'own-application';
  if (own) return 'own-request';
  if (!deciders(delivery, change.requestedBy).some(({ id }) => id === person.id)) return 'not-a-reviewer';
  if (denies) return comment.trim() === '' ? 'comment-required' : undefined;
  if (change.approvedBy.includes(person.id)) return 'already-decided';
  return address !== undefined && isSameAddress(address, change.email) ? undefined : 'other-address';
}

/** Who may decide on a change that `requestedBy` asks for. */
export function deciders(
  { levels, reviewers, applicantId }: Pick<Delivery, 'levels' | 'reviewers' | 'applicantId'>,
  requestedBy: string,
): Person[] {
  const last = levels.at(-1);
  return reviewers.filter(
    (person) =>
      (last ? reviews(last, person) : person.enabled && isAdmin(person)) &&
      person.id !== applicantId &&
      person.id !== requestedBy,
  );
}

/** How many must approve a change of the address: as many as the last level asks for. */
export function approvalsNeeded({ levels }: Pick<Delivery, 'levels'>): number {
  return levels.at(-1)?.approvals ?? 1;
}
