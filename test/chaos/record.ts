import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';

// What there is at the end, read past the product: rows as PostgreSQL has them, mails as they came over the wire.

export interface ApplicationRecord {
  id: string;
  applicantId: string;
  clientId: string;
  kind: 'apply' | 'update' | 'revoke';
  /** Of a change: the key, and which revision of it its reviewers saw. */
  keyId: string | null;
  keyRevision: number | null;
  quota: number;
  state: string;
  round: number;
  heldBy: string | null;
}

export interface KeyRecord {
  id: string;
  applicationId: string;
  apiKey: string;
  quota: number;
  revision: number;
  revoked: boolean;
}

export interface LevelRecord {
  flow: string;
  version: number;
  level: number;
  approvals: number;
  denials: number;
  /** Of the rules that there are, the plans use the one by client. */
  skipWhen: { clientIds: string[] }[];
  reviewers: string[];
}

export interface DecisionRecord {
  applicationId: string;
  signal: string;
  decisionId: string | null;
  personId: string;
  /** In whose place. */
  delegatorId: string | null;
  outcome: string;
  round: number;
  level: number | null;
  act: string;
  comment: string;
  at: Date;
}

export interface MailRecord {
  id: string;
  applicationId: string;
  kind: string;
  round: number;
  level: number;
  state: string;
  messageId: string;
  attempts: number;
  recipients: string[];
}

/** A mail that the server has taken. */
export interface ReceivedMail {
  messageId: string;
  text: string;
}

export type Record = Awaited<ReturnType<typeof readRecord>>;

export async function readRecord(ownerUrl: string) {
  const sql = postgres(ownerUrl, { max: 1, transform: postgres.camel });
  try {
    return {
      applications: await sql<ApplicationRecord[]>`
        select id, applicant_id, client_id, kind, key_id, key_revision, quota, state, round, held_by
        from applications`,
      decisions: await sql<DecisionRecord[]>`
        select application_id, signal, decision_id, person_id, delegator_id, outcome, round, level, act, comment, created_at as at
        from decisions`,
      /** The flow of a round is on record in the audit trail, since the next round may have another. */
      rounds: await sql<{ applicationId: string; round: number; flow: string; version: number }[]>`
        select subject_id as application_id, (details->>'round')::int as round, details->>'flow' as flow,
          (details->>'flowVersion')::int as version
        from audit where action = 'application.submitted'`,
      levels: await sql<LevelRecord[]>`
        select flow_id as flow, flow_version as version, level, approvals, denials, skip_when,
          (select array_agg(id) from people where people.roles && flow_levels.roles or id = any(flow_levels.people))
            as reviewers
        from flow_levels order by level`,
      /** What the service returned by itself, since it was no longer what its reviewers had seen. */
      sentBack: await sql<{ applicationId: string }[]>`
        select subject_id as application_id from audit where action = 'application.returned' and actor = 'keygrant'`,
      keys: await sql<KeyRecord[]>`
        select id, application_id, api_key, quota, revision, revoked_at is not null as revoked from keys`,
      mails: await sql<MailRecord[]>`
        select id, application_id, kind, round, level, state, message_id, attempts, recipients from mails`,
    };
  } finally {
    await sql.end();
  }
}

/** All mails that the SMTP server has taken, from its folder. */
export async function readMails(folder: string): Promise<ReceivedMail[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.eml'));
  const sources = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  // One that was cut off by a kill was never acknowledged: it is none.
  const whole = sources.filter(
    (source) => source.includes('\r\n\r\n') && /--\r\n?$/.test(source.trimEnd() + '\r\n'),
  );
  return whole.map((source) => ({
    messageId: /^message-id: *(<[^>]+>)/im.exec(source)?.[1] ?? '',
    // Quoted-printable, the one encoding that nodemailer chooses for these texts.
    text: source.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '='),
  }));
}
