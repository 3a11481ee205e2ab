import { judgeKeys } from './judge-keys.ts';
import type { Accepted, Ledger } from './ledger.ts';
import { implied } from './model.ts';
import { deputies } from './plan.ts';
import type { ApplicationRecord, DecisionRecord, ReceivedMail, Record } from './record.ts';
import { apiKeyIn, secretIn } from './secrets.ts';

/** Everything about the record that is not as the recorded decisions, and the answers that people got, imply; a line each. */
export function verdict(record: Record, received: readonly ReceivedMail[], ledger: Ledger): string[] {
  const byMessageId = new Map<string, ReceivedMail[]>();
  for (const mail of received)
    byMessageId.set(mail.messageId, [...(byMessageId.get(mail.messageId) ?? []), mail]);
  return [
    ...ledger.strange.map((what) => `strange answer: ${what}`),
    ...record.applications.flatMap((application) => judgeApplication(application, record, byMessageId)),
    ...judgeKeys(record),
    ...judgeIntents(record, ledger),
    ...ledger.accepted.flatMap((accepted) => judgeAccepted(accepted, record)),
    ...judgeMails(record, received, byMessageId),
  ];
}

/** In the order in which the workflow handled them: numbered in each run, and runs follow one another. */
function inOrder(decisions: readonly DecisionRecord[]): DecisionRecord[] {
  const place = (decision: DecisionRecord) => {
    const [run = '', number = '0'] = decision.signal.split('/');
    const first = Math.min(
      ...decisions.filter(({ signal }) => signal.startsWith(`${run}/`)).map(({ at }) => at.getTime()),
    );
    return [decision.round, first, Number(number)] as const;
  };
  const places = new Map(decisions.map((decision) => [decision, place(decision)] as const));
  return decisions.toSorted((a, b) => {
    const [one, other] = [places.get(a) ?? [0, 0, 0], places.get(b) ?? [0, 0, 0]];
    return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
  });
}

function judgeApplication(
  { id, applicantId, clientId, kind, state, round, heldBy }: ApplicationRecord,
  { decisions, rounds, levels, keys, mails, sentBack }: Record,
  received: ReadonlyMap<string, readonly ReceivedMail[]>,
): string[] {
  const wrong: string[] = [];
  const complain = (what: string) => void wrong.push(`${id} (${state}): ${what}`);
  const mine = inOrder(decisions.filter((one) => one.applicationId === id && one.outcome === 'recorded'));
  const opened = rounds.filter((one) => one.applicationId === id).toSorted((a, b) => a.round - b.round);
  if (opened.map((one) => one.round).join() !== Array.from({ length: round }, (_, at) => at + 1).join())
    complain(`is in round ${round}, opened: ${opened.map((one) => one.round).join()}`);
  const expected = new Map<string, number>();
  let keyed = false;
  let overtakings = 0;
  let last = round === 0 ? 'draft' : '';
  for (const { round: number, flow, version } of opened) {
    const of = levels
      .filter((level) => level.flow === flow && level.version === version)
      .map((level) => ({
        ...level,
        skipped: level.skipWhen.some(({ clientIds }) => clientIds.includes(clientId)),
      }));
    // Whether it was is checked below, against what the service says that it sent back, and why among the keys.
    const overtaken = kind !== 'apply' && (number < round || state === 'returned');
    const result = implied(
      { applicantId, kind, overtaken, deputies },
      of,
      mine.filter((one) => one.round === number),
    );
    result.wrong.forEach(complain);
    if (number < round && result.state !== 'returned')
      complain(`round ${number} ended ${result.state} and was followed`);
    for (const mail of result.mails) expected.set(`${number} ${mail}`, 1);
    keyed ||= result.key;
    if (result.approved && overtaken) overtakings += 1;
    last = result.state;
  }
  if (state !== last) complain(`must be ${last}`);
  if (heldBy !== null) complain('its mail is held back');
  const own = keys.filter((key) => key.applicationId === id);
  if (own.length !== (keyed ? 1 : 0)) complain(`has ${own.length} keys`);
  const returns = sentBack.filter(({ applicationId }) => applicationId === id).length;
  if (returns !== overtakings) complain(`was sent back ${returns} times, and must have been ${overtakings}`);

  const about = mails.filter((mail) => mail.applicationId === id);
  const there = new Map(
    about.map((mail) => [
      `${mail.round} ${mail.kind}${mail.kind === 'review' ? ` ${mail.level}` : ''}`,
      mail,
    ]),
  );
  if (there.size !== about.length) complain('has two mails for one occasion');
  for (const occasion of new Set([...expected.keys(), ...there.keys()])) {
    const mail = there.get(occasion);
    if (!mail || !expected.has(occasion)) complain(`mail ${occasion} is ${mail ? 'too many' : 'missing'}`);
    else if (mail.kind === 'credentials') {
      if (mail.state !== (state === 'recalled' ? 'superseded' : 'sent'))
        complain(`credentials are ${mail.state}`);
      const copies = received.get(mail.messageId) ?? [];
      if (state === 'recalled' && copies.length > 0)
        complain('was recalled, and its credentials were mailed');
      if (copies.some(({ text }) => apiKeyIn(text) !== own[0]?.apiKey)) complain('another key was mailed');
      if (new Set(copies.map(({ text }) => secretIn(text))).size > 1)
        complain('different secrets were mailed');
    } else if (mail.kind === 'return' && mail.round < round && mail.state === 'superseded') {
      // Submitted again before the mail about the return could leave.
    } else if (mail.kind !== 'review' && mail.state !== 'sent') complain(`mail ${occasion} is ${mail.state}`);
  }
  return wrong;
}

/** Whatever is recorded, one of our people meant it; and no more often than they did. */
function judgeIntents({ decisions }: Record, { intents }: Ledger): string[] {
  const recorded = decisions.filter(({ outcome }) => outcome === 'recorded');
  const meant = new Map(intents.map((intent) => [intent.comment, intent]));
  const seen = new Set<string>();
  return recorded.flatMap(({ applicationId, personId, act, comment }) => {
    const intent = meant.get(comment);
    const same =
      intent?.applicationId === applicationId && intent.personId === personId && intent.act === act;
    const twice = seen.has(comment);
    seen.add(comment);
    if (!same) return [`${applicationId}: nobody meant this: ${personId} ${act} "${comment}"`];
    return twice ? [`${applicationId}: recorded twice: "${comment}"`] : [];
  });
}

/** Nothing that was answered with success is lost. */
function judgeAccepted(accepted: Accepted, { applications, decisions, rounds }: Record): string[] {
  const { applicationId, what, decisionId, recorded, comment, round = 0 } = accepted;
  const lost = `${applicationId}: ${what} ${comment ?? (round || '')} was accepted and is lost`;
  if (!applications.some(({ id }) => id === applicationId)) return [lost];
  if (what === 'submission')
    return rounds.some((one) => one.applicationId === applicationId && one.round === round) ? [] : [lost];
  if (what !== 'decision') return [];
  const found = decisions.find((decision) => decision.decisionId === decisionId);
  if (!found) return [lost];
  return recorded && (found.outcome !== 'recorded' || found.comment !== comment)
    ? [`${lost}: ${found.outcome}`]
    : [];
}

/** One Message-ID for one mail; whatever was received is on record, and whatever is on record as sent was received. */
function judgeMails(
  { mails, applications }: Record,
  received: readonly ReceivedMail[],
  byMessageId: ReadonlyMap<string, readonly ReceivedMail[]>,
): string[] {
  const wrong: string[] = [];
  const known = new Map(mails.map((mail) => [mail.messageId, mail]));
  if (known.size !== mails.length) wrong.push('two mails share a Message-ID');
  for (const { messageId, text } of received) {
    const mail = known.get(messageId);
    if (!mail) wrong.push(`a mail was received that is not on record: ${messageId}`);
    else if (!text.includes(mail.applicationId)) wrong.push(`mail ${messageId} is not about its application`);
    if (mail && mail.kind !== 'credentials' && secretIn(text))
      wrong.push(`mail ${messageId} (${mail.kind}) holds a secret`);
  }
  for (const { messageId, state, kind, applicationId, attempts } of mails) {
    const copies = byMessageId.get(messageId)?.length ?? 0;
    if (state !== 'sent' && state !== 'superseded')
      wrong.push(`${applicationId}: mail ${kind} is still ${state}`);
    if (state === 'sent' && copies === 0)
      wrong.push(`${applicationId}: mail ${kind} is sent and was never received`);
    if (copies > attempts)
      wrong.push(`${applicationId}: mail ${kind} came ${copies} times in ${attempts} attempts`);
  }
  // By what the reader sees, too, whatever our own table says.
  for (const { id } of applications) {
    const credentials = received.filter(({ text }) => secretIn(text) && text.includes(id));
    if (new Set(credentials.map(({ messageId }) => messageId)).size > 1)
      wrong.push(`${id}: its credentials came under more than one Message-ID`);
  }
  return wrong;
}
