import { eq } from 'drizzle-orm';
import { appendAudit } from '../src/db/audit.ts';
import type { Transaction } from '../src/db/database.ts';
import {
  changeLife,
  endRotation,
  formerSecretOf,
  keyMailsToSend,
  type LoadedKey,
  loadKey,
} from '../src/db/key-life.ts';
import { warningsOf } from '../src/db/key-warnings.ts';
import { supersedeMails } from '../src/db/mails.ts';
import { formerSecrets, keys, keyWarnings } from '../src/db/schema/keys.ts';
import { dateIn, endOfDayIn, momentIn } from '../src/domain/dates.ts';
import { gone } from '../src/domain/faults.ts';
import { marksReached, remindersOf, unusedSince } from '../src/domain/key-marks.ts';
import { isOver, type KeyState } from '../src/domain/key-states.ts';
import type { MailKind } from '../src/domain/mails.ts';
import { addresseesOf } from './addressees.ts';
import type { Dependencies } from './dependencies.ts';
import { tellOfKey } from './tell-of-key.ts';

/** Where a key stands, as its workflow needs to know it: ids and words, no secret. */
export interface KeyPosition {
  state: KeyState;
  /** Whether nothing but a change of its last day can open anything with it again. */
  over: boolean;
  applicationId: string;
  clientId: string;
  /** Mails about it that are to be sent now. */
  mails: { id: string; kind: MailKind }[];
  /** When something is due: a reminder, the end of a grace, its last day. ISO 8601; null where nothing is. */
  wakeAt: string | null;
  /** For Temporal's UI. */
  words: string;
}

/** Something that is due about a key. */
interface Due {
  what: string;
  at: Date;
}

export function createKeyLifeActivities(dependencies: Dependencies) {
  const { db, mailer, timeZone, expiryRemindersMs, quotaWarnings } = dependencies;
  return {
    /**
     * Does what time and use ask for about a key (reminds of its last day, warns of its quota, ends a grace that is over, puts
     * on record that it has expired) and answers with what comes next. Safe to ask at any time and as often as one likes.
     * @param at the workflow's time, ISO 8601
     */
    async followKey(keyId: string, at: string): Promise<KeyPosition> {
      const now = new Date(at);
      const today = dateIn(timeZone, now);
      return db.transaction(async (tx) => {
        const key = await loadKey(tx, keyId, today, { lock: true });
        if (!key) throw gone(`key ${keyId}`);
        const { row, standing } = key;
        const over = isOver(standing.state);
        const events = over
          ? await end(tx, key, now)
          : [
              ...(await revive(tx, key)),
              ...(await followRotation(tx, key, now)),
              ...(await remind(tx, key, now)),
              ...(await warn(tx, key, now)),
            ];
        await tx.update(keys).set({ attention: false }).where(eq(keys.id, keyId));
        const dues = over ? [] : await duesOf(tx, key, now);
        const position = {
          state: standing.state,
          over,
          applicationId: row.applicationId,
          clientId: row.clientId,
          mails: await keyMailsToSend(tx, row.applicationId),
          wakeAt: dues[0]?.at.toISOString() ?? null,
          words: [
            `**${standing.state}**`,
            ...dues.map(({ what, at: due }) => `${what}: ${momentIn(timeZone, due)}`),
          ].join('\n\n'),
        };
        for (const { action, details } of events) {
          await appendAudit(tx, {
            action,
            actor: 'keygrant',
            via: null,
            subject: { type: 'key', id: keyId },
            requestId: null,
            details: { key: keyId, ...details },
          });
        }
        return position;
      });
    },
  };

  /** What comes next, soonest first. */
  async function duesOf(tx: Transaction, { row }: LoadedKey, now: Date): Promise<Due[]> {
    const ends = endOfDayIn(timeZone, row.expiresOn);
    const former = await formerSecretOf(tx, row.id);
    const graceEnds =
      former?.endsAt ??
      (former?.graceSince && former.unusedDays !== null
        ? unusedSince(former.graceSince, former.lastUsedAt, former.unusedDays)
        : undefined);
    return [
      ...remindersOf(ends, row.expirySetAt, expiryRemindersMs).map(({ at }) => ({
        what: 'Reminder of its last day',
        at,
      })),
      ...(graceEnds ? [{ what: 'The secret before ends', at: graceEnds }] : []),
      ...(row.suspendedAt === null && row.effectiveOn > dateIn(timeZone, now)
        ? [{ what: 'It begins', at: endOfDayIn(timeZone, dayBefore(row.effectiveOn)) }]
        : []),
      { what: 'It expires', at: ends },
    ]
      .filter(({ at }) => at > now)
      .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  }

  /** Puts on record, once, that the last day of a key is over, and forgets the secret before, which ended with it. */
  async function end(tx: Transaction, { row, former, standing }: LoadedKey, now: Date): Promise<Event[]> {
    if (former) await endRotation(tx, row.id);
    if (standing.state !== 'expired' || row.expiredAt !== null) return [];
    await changeLife(tx, row.id, { expiredAt: now });
    return [{ action: 'key.expired', details: { expiresOn: row.expiresOn } }];
  }

  /** An approved change can set a later last day: then it will expire anew. */
  async function revive(tx: Transaction, { row }: LoadedKey): Promise<Event[]> {
    if (row.expiredAt !== null) await changeLife(tx, row.id, { expiredAt: null });
    return [];
  }

  /** Counts the grace of the secret before from when the new one was handed over, and ends it when it is over. */
  async function followRotation(tx: Transaction, { row, former }: LoadedKey, now: Date): Promise<Event[]> {
    if (!former?.handedOver) return [];
    const { graceMs, unusedDays } = former;
    const graceSince = former.graceSince ?? now;
    const endsAt = former.endsAt ?? (graceMs === null ? null : new Date(graceSince.getTime() + graceMs));
    const isOverNow =
      endsAt !== null
        ? endsAt <= now
        : unusedDays !== null && unusedSince(graceSince, former.lastUsedAt, unusedDays) <= now;
    if (isOverNow) {
      await endRotation(tx, row.id);
      await changeLife(tx, row.id);
      return [{ action: 'key.rotation-ended', details: {} }];
    }
    if (former.graceSince === null) {
      await tx.update(formerSecrets).set({ graceSince, endsAt }).where(eq(formerSecrets.keyId, row.id));
      await changeLife(tx, row.id);
    }
    return [];
  }

  /** Reminds of a last day. Of several reminders that have come due meanwhile, one is written. */
  async function remind(tx: Transaction, key: LoadedKey, now: Date): Promise<Event[]> {
    const { id, expiresOn, expirySetAt } = key.row;
    const ends = endOfDayIn(timeZone, expiresOn);
    const due = remindersOf(ends, expirySetAt, expiryRemindersMs)
      .filter(({ at }) => at <= now)
      .map(({ leadMs }) => leadMs);
    const newest = await note(tx, id, 'expiry', expiresOn, due, now);
    if (newest === undefined) return [];
    // One that could not leave says nothing that this one does not.
    await supersedeMails(tx, key.application.id, ['expiry-reminder']);
    await tellOfKey(tx, key, 'expiry-reminder', await holdersOf(tx, key), mailer.domain);
    return [{ action: 'key.expiring', details: { expiresOn, threshold: newest } }];
  }

  /** Warns of a quota that is nearly used up, or used up. Of several marks that were passed meanwhile, one is told of. */
  async function warn(tx: Transaction, key: LoadedKey, now: Date): Promise<Event[]> {
    const { id, quota, used } = key.row;
    const reached = marksReached(quota, used, quotaWarnings).toSorted((a, b) => a - b);
    const newest = await note(tx, id, 'quota', String(quota), reached, now);
    if (newest === undefined) return [];
    await supersedeMails(tx, key.application.id, ['quota-warning']);
    await tellOfKey(tx, key, 'quota-warning', await holdersOf(tx, key), mailer.domain);
    return [{ action: 'key.quota-warned', details: { threshold: newest, limit: quota, used } }];
  }

  function holdersOf(tx: Transaction, { row, application }: LoadedKey) {
    return addresseesOf(tx, { applicantId: application.applicantId, clientId: row.clientId });
  }
}

interface Event {
  action: string;
  details: Record<string, unknown>;
}

/**
 * Notes thresholds that were passed, once each.
 * @param passed in the order in which they were
 * @returns the last of them, if it is new: what there is to tell
 */
async function note(
  tx: Transaction,
  keyId: string,
  kind: 'expiry' | 'quota',
  about: string,
  passed: readonly number[],
  at: Date,
): Promise<number | undefined> {
  const known = new Set((await warningsOf(tx, keyId, kind, about)).map(({ threshold }) => threshold));
  const fresh = passed.filter((threshold) => !known.has(threshold));
  const newest = fresh.at(-1);
  if (newest === undefined) return undefined;
  await tx
    .insert(keyWarnings)
    .values(fresh.map((threshold) => ({ keyId, kind, about, threshold, at, told: threshold === newest })));
  return newest;
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
