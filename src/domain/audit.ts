/** One thing that happened. Never holds a secret. */
export interface AuditEvent {
  /** What happened, as `noun.verb`: `application.submitted`. */
  action: string;
  /** Whose doing it was: a person's id, or `keygrant` for what the service does by itself. */
  actor: string;
  /** The portal that acted for the person, if one did. */
  via: string | null;
  /** What it happened to, as `noun` and id. */
  subject: { type: string; id: string };
  /** The request that it came with, if one did. */
  requestId: string | null;
  details: Record<string, unknown>;
}

/** An event in its place in the chain. */
export interface AuditRow extends AuditEvent {
  seq: number;
  /** ISO 8601, UTC, milliseconds. */
  at: string;
  /** 2; 1 for rows of before there was retention, whose `details` are whole. */
  format: number;
  /** Stands for the personal part of the details, which the other members do not hold; null where there is none. */
  commitment: string | null;
}

/** The hash before the first row. */
export const genesis = '0'.repeat(64);

/** How rows are written now. */
export const currentFormat = 2;

/**
 * The text of a row whose SHA-256 is its hash: the previous hash and every field, in one fixed order. Keys of
 * `details` are sorted at every depth, because PostgreSQL's jsonb does not keep their order.
 */
export function auditText(previousHash: string, row: AuditRow): string {
  const fields = [
    previousHash,
    row.seq,
    row.at,
    row.action,
    row.actor,
    row.via,
    row.subject.type,
    row.subject.id,
    row.requestId,
    sorted(row.details),
  ];
  return JSON.stringify(
    row.format === 1 ? fields : [`keygrant audit ${row.format}`, ...fields, row.commitment],
  );
}

/**
 * The text whose SHA-256 is a row's commitment to its personal part. The salt is random and goes with it: then nobody can
 * tell by trying what it was, and the row's hash still holds.
 */
export function commitmentText(salt: string, personal: Record<string, unknown>): string {
  return JSON.stringify(['keygrant personal 1', salt, sorted(personal)]);
}

/**
 * Details that tell nothing about a person: ids, words of our own, times. Numbers and booleans are not listed; whatever
 * else is not is personal, so that nothing is kept for ever by having been forgotten here. A digest of what somebody
 * wrote is personal, too: short texts can be guessed from it.
 */
const impersonal: ReadonlySet<string> = new Set([
  'act',
  'apiKey',
  'code',
  'counted',
  'decision',
  'deliveryDueAt',
  'dgrkUntil',
  'expiresOn',
  'flow',
  'inPlaceOf',
  'key',
  'keyAct',
  'kind',
  'levelName',
  'mail',
  'messageId',
  'problem',
  'refusals',
  'roles',
  'skipped',
  'state',
]);

/** Parts the details of an event into what may stay for ever and what is erased after some years. */
export function parted(details: Record<string, unknown>): {
  lasting: Record<string, unknown>;
  personal: Record<string, unknown> | null;
} {
  const lasts = ([name, value]: [string, unknown]) =>
    impersonal.has(name) || value === null || typeof value === 'number' || typeof value === 'boolean';
  const entries = Object.entries(details).filter(([, value]) => value !== undefined);
  const personal = entries.filter((entry) => !lasts(entry));
  return {
    lasting: Object.fromEntries(entries.filter(lasts)),
    personal: personal.length > 0 ? Object.fromEntries(personal) : null,
  };
}

/** The action that tells that what was personal in a subject's earlier rows has been erased. */
export const erasureOf = (subjectType: string) => `${subjectType}.erased`;

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, sorted(member)]),
  );
}
