// What recorded decisions imply, written anew and without a line of the product: were both made from one rule, a mistake in
// it would be in both.

/** A decision as it is recorded, in the order of its workflow. */
export interface Recorded {
  round: number;
  personId: string;
  /** In whose place; null for their own. */
  delegatorId: string | null;
  act: string;
  /** Of a verdict. */
  level: number | null;
}

export interface ModelLevel {
  approvals: number;
  /** How many end it; and so does one that leaves too few to approve. */
  denials: number;
  /** Whether the application passes it by. */
  skipped: boolean;
  reviewers: readonly string[];
}

/** What an application asks for, and who has a deputy. */
export interface Asked {
  applicantId: string;
  kind: 'apply' | 'update' | 'revoke';
  /** Whether, once approved, it was sent back since the key had been changed or ended meanwhile. */
  overtaken: boolean;
  deputies: readonly { delegator: string; deputy: string }[];
}

/** Where one round of an application must be, once nothing moves any more. */
export interface Implied {
  state: 'pending' | 'delivered' | 'completed' | 'rejected' | 'returned' | 'withdrawn' | 'recalled' | 'held';
  /** Whether there must be a key. */
  key: boolean;
  /** What must have been mailed about the round, to somebody or to nobody because the level was decided before. */
  mails: string[];
  /** Whether its levels approved it. */
  approved: boolean;
  /** What in the record cannot be. */
  wrong: string[];
}

/** Follows the recorded decisions of one round. */
export function implied(
  { applicantId, kind, overtaken, deputies }: Asked,
  levels: readonly ModelLevel[],
  decisions: readonly Recorded[],
): Implied {
  const wrong: string[] = [];
  const mails: string[] = [];
  const decided = new Set<string>();
  let state = 'pending' as 'approved' | Exclude<Implied['state'], 'delivered' | 'completed'>;
  let level = 0;
  let approvals = 0;
  let denials = 0;
  const goOn = () => {
    do level += 1;
    while (levels[level - 1]?.skipped);
    [approvals, denials] = [0, 0];
    if (level > levels.length) state = 'approved';
    else mails.push(`review ${level}`);
  };
  goOn();
  for (const { personId, delegatorId, act, level: on } of decisions) {
    const told = `${personId} for ${delegatorId ?? 'themselves'} ${act} ${on ?? ''} while ${state} at level ${level}`;
    const voice = delegatorId ?? personId;
    if (act === 'approve' || act === 'deny' || act === 'return') {
      const open = levels[level - 1];
      if (state !== 'pending' || on !== level) wrong.push(`out of order: ${told}`);
      const stands =
        voice === personId ||
        deputies.some(({ delegator, deputy }) => delegator === voice && deputy === personId);
      if (!open?.reviewers.includes(voice) || !stands) wrong.push(`by nobody who may: ${told}`);
      if (personId === applicantId || voice === applicantId) wrong.push(`by the applicant: ${told}`);
      if (decided.has(voice)) wrong.push(`twice: ${told}`);
      decided.add(voice);
      if (act === 'return') state = 'returned';
      else if (act === 'approve') {
        approvals += 1;
        if (approvals >= (open?.approvals ?? 1)) goOn();
      } else {
        denials += 1;
        const left = (open?.reviewers ?? []).filter((one) => one !== applicantId && !decided.has(one));
        if (denials >= (open?.denials ?? 1) || approvals + left.length < (open?.approvals ?? 1))
          state = 'rejected';
      }
    } else if (act === 'withdraw') {
      // Between the last approval and the issue there is a moment in which it is still possible.
      if (state !== 'pending' && state !== 'approved') wrong.push(`too late: ${told}`);
      if (personId !== applicantId) wrong.push(`not the applicant: ${told}`);
      state = 'withdrawn';
    } else if (act === 'hold') {
      if (state !== 'approved') wrong.push(`nothing to hold: ${told}`);
      state = 'held';
    } else if (act === 'release') {
      if (state !== 'held') wrong.push(`not held: ${told}`);
      state = 'approved';
    } else if (act === 'recall') {
      if (state !== 'approved' && state !== 'held') wrong.push(`nothing to recall: ${told}`);
      state = 'recalled';
    } else wrong.push(`unheard of: ${told}`);
  }
  const mail = { rejected: 'rejection', returned: 'return', recalled: 'recall' }[state as string];
  if (mail !== undefined) mails.push(mail);
  const made = { approved: state === 'approved', mails, wrong };
  if (kind === 'apply') {
    const key = made.approved || state === 'held' || state === 'recalled';
    if (key) mails.push('credentials');
    return { ...made, state: state === 'approved' ? 'delivered' : state, key };
  }
  // Carried out at once: there is no mail with a key that could be stopped.
  if (state === 'held' || state === 'recalled') wrong.push(`${state}, and has no mail with a key`);
  if (state !== 'approved') return { ...made, state, key: false };
  if (overtaken) mails.push('return');
  else mails.push(kind === 'update' ? 'update' : 'revocation');
  return { ...made, state: overtaken ? 'returned' : 'completed', key: false };
}
