import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import postgres from 'postgres';

/** Every place outside the mails that could hold a secret, in pieces that can be searched one by one. */
export async function* places(options: {
  ownerUrl: string;
  folder: string;
  temporalFile: string;
  client: Client;
}): AsyncGenerator<[place: string, text: string]> {
  yield* tables(options.ownerUrl);
  for (const name of await readdir(join(options.folder, 'logs')))
    yield* file(join(options.folder, 'logs', name));
  // Temporal's own file, byte for byte, and the histories with their payloads in clear.
  yield* file(options.temporalFile);
  yield* histories(options.client);
}

/** Every row of every table as text; bytea shows as hex. */
async function* tables(ownerUrl: string): AsyncGenerator<[string, string]> {
  const owner = postgres(ownerUrl, { max: 1 });
  try {
    const names = await owner<{ name: string }[]>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`;
    for (const { name } of names) {
      const rows = await owner.unsafe<{ line: string }[]>(`select t::text as line from ${name} t`);
      yield [`table ${name}`, rows.map(({ line }) => line).join('\n')];
    }
  } finally {
    await owner.end();
  }
}

async function* file(path: string): AsyncGenerator<[string, string]> {
  let rest = '';
  for await (const chunk of createReadStream(path, { encoding: 'latin1', highWaterMark: 1 << 22 })) {
    const text = rest + String(chunk);
    yield [path, text];
    rest = text.slice(-200);
  }
}

async function* histories(client: Client): AsyncGenerator<[string, string]> {
  const { payloadCodecs } = client.options.loadedDataConverter;
  for await (const { workflowId, runId } of client.workflow.list()) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const clear: string[] = [];
    for (const payload of payloadsIn(history)) {
      let [decoded] = [payload];
      for (const codec of payloadCodecs) [decoded = payload] = await codec.decode([decoded]);
      clear.push(Buffer.from(decoded.data ?? []).toString());
    }
    yield [`history of ${workflowId}`, JSON.stringify(history) + clear.join('\n')];
  }
}

/** Everything in a history that is a payload: bytes with their metadata. */
function payloadsIn(value: unknown): { data?: Uint8Array | null }[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  if ('data' in value && 'metadata' in value) return [value as { data?: Uint8Array | null }];
  return Object.values(value).flatMap(payloadsIn);
}
