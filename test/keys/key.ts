import { eq } from 'drizzle-orm';
import { keys } from '../../src/db/schema/keys.ts';
import { dgrkAuthorization } from '../../src/signing/index.ts';
import { insertKey, type Wanted } from '../gateway/keys.ts';
import type { Api } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import type { Keygrant } from '../support/keygrant.ts';

export interface Pair {
  id: string;
  apiKey: string;
  secretKey: string;
}

/** A key in use, whose workflow is there. */
export async function keyInUse(keygrant: Keygrant, wanted: Wanted = {}): Promise<Pair> {
  const pair = await insertKey(keygrant, wanted);
  await eventually(async () => {
    const [row] = await keygrant.db.select().from(keys).where(eq(keys.id, pair.id));
    return row?.attention === false || undefined;
  });
  return pair;
}

/** The verdict on a call that is signed by a pair. */
export async function call(pair: Pair, gateway: Api) {
  const headers = { authorization: await dgrkAuthorization(pair, '') };
  return (await gateway.post('/v1/verify', { method: 'GET', target: '/orders', headers })).body;
}

/** The newest secret of a key that was mailed, in a mail of its own. */
export async function mailedSecrets({ mailbox }: Keygrant, { apiKey }: Pair): Promise<string[]> {
  return (await mailbox.messages())
    .filter(({ text }) => text.includes(apiKey))
    .flatMap(({ text }) => /Secret Key \(Private\)\s+(\S{88})\s/.exec(text)?.[1] ?? []);
}
