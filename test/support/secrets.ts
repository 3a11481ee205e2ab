import postgres from 'postgres';
import { codecOf } from '../../src/temporal/connection.ts';
import type { Keygrant } from './keygrant.ts';
import { decodedText, payloadsIn } from './payloads.ts';

/** Every place outside the mailbox that could hold a secret, as text, by name. */
export async function everywhere(keygrant: Keygrant): Promise<Record<string, string>> {
  return {
    log: keygrant.log.join('\n'),
    ...(await tableTexts(keygrant)),
    ...(await histories(keygrant)),
    ...(await answers(keygrant)),
  };
}

/** Where among the places a secret lies, in any form in which it could: as it is, in pieces, decoded or encoded. */
export function traces(secret: string, places: Record<string, string>): string[] {
  const bytes = Buffer.from(secret);
  const hex = Buffer.from(secret, 'base64').toString();
  const forms: [string, string][] = [
    ['decoded', hex],
    ['its random bytes as base64', Buffer.from(hex, 'hex').toString('base64')],
    ['as hex', bytes.toString('hex')],
    ...[0, 1, 2].map((shift): [string, string] => [
      `as base64 at offset ${shift}`,
      // Without what depends on its neighbours, wherever in a longer text it stands.
      Buffer.concat([Buffer.alloc(shift), bytes])
        .toString('base64')
        .slice(4, -4),
    ]),
    ...[...bytes.keys()]
      .filter((start) => start + 12 <= secret.length)
      .map((start): [string, string] => [`from ${start}`, secret.slice(start, start + 12)]),
  ];
  return Object.entries(places).flatMap(([place, text]) => {
    const found = forms.find(([, form]) => text.includes(form));
    return found ? [`${place}: ${found[0]}`] : [];
  });
}

/** Every table as text, read as superuser; bytea shows as hex. */
export async function tableTexts({ ownerUrl }: Keygrant): Promise<Record<string, string>> {
  const owner = postgres(ownerUrl, { max: 1 });
  try {
    const tables = await owner<{ name: string }[]>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`;
    const dumps = tables.map(async ({ name }) => {
      const rows = await owner.unsafe<{ line: string }[]>(`select t::text as line from ${name} t`);
      return [`table ${name}`, rows.map(({ line }) => line).join('\n')] as const;
    });
    return Object.fromEntries(await Promise.all(dumps));
  } finally {
    await owner.end();
  }
}

/** The history of every workflow of this Keygrant: as JSON, then its payloads in clear. */
async function histories({ client, config }: Keygrant): Promise<Record<string, string>> {
  const codec = codecOf(config.temporal);
  const texts: Record<string, string> = {};
  const query = `TaskQueue = '${config.temporal.taskQueue}'`;
  for await (const { workflowId, runId } of client.workflow.list({ query })) {
    const handle = client.workflow.getHandle(workflowId, runId);
    const raw = JSON.stringify([await handle.fetchHistory(), (await handle.describe()).raw]);
    const clear = payloadsIn(JSON.parse(raw)).map((payload) => decodedText(codec, payload));
    texts[`history ${workflowId}`] = raw + clear.join('\n');
  }
  return texts;
}

/** What the API tells an admin, an auditor, and the applicant. */
async function answers(keygrant: Keygrant): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const person of ['dora', 'emil', 'ada']) {
    const read = async (path: string) => {
      const { status, body } = await keygrant.as(person).get(path);
      texts[`${path} as ${person} (${status})`] = JSON.stringify(body);
      return status === 200 ? body : undefined;
    };
    for (const list of ['applications', 'keys']) {
      const page = await read(`/v1/${list}?limit=100`);
      for (const { id } of page?.items ?? []) await read(`/v1/${list}/${id}`);
    }
    await read('/v1/audit?limit=100');
    await read('/v1/clients');
  }
  return texts;
}
