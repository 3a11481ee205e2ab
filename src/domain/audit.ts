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
}

/** The hash before the first row. */
export const genesis = '0'.repeat(64);

/**
 * The text of a row whose SHA-256 is its hash: the previous hash and every field, in one fixed order. Keys of
 * `details` are sorted at every depth, because PostgreSQL's jsonb does not keep their order.
 */
export function auditText(previousHash: string, row: AuditRow): string {
  return JSON.stringify([
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
  ]);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, sorted(member)]),
  );
}
