import postgres from 'postgres';
import type { MasterKeys } from '../../src/crypto/master-keys.ts';
import { newKeyPair, seal } from '../../src/crypto/secrets.ts';
import type { DgrkPair } from '../../src/signing/index.ts';

/** Which keys: those of one prefix have one quota. */
export interface Wanted {
  prefix: string;
  count: number;
  quota: number;
  /** Whether somebody will call by them; secrets of the others are only as long as one. */
  live: boolean;
}

/**
 * Puts keys into the database past the front door, in blocks, with no trigger told: a million applications would take days.
 * @returns the pairs of live keys
 */
export async function insertKeys(
  ownerUrl: string,
  masterKeys: MasterKeys,
  wanted: Wanted,
): Promise<DgrkPair[]> {
  const { prefix, count, quota, live } = wanted;
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  const pairs: DgrkPair[] = [];
  await sql`set session_replication_role = replica`;
  for (let from = 0; from < count; from += 10_000) {
    const numbers = Array.from({ length: Math.min(10_000, count - from) }, (_, at) => from + at);
    const rows = numbers.map((number) => {
      const id = `key_${prefix}${String(number).padStart(10, '0')}`;
      if (!live) return { id, apiKey: `${prefix}${number}`, secret: '00'.repeat(116) };
      const pair = newKeyPair();
      pairs.push(pair);
      return {
        id,
        apiKey: pair.apiKey,
        secret: seal(masterKeys, id, pair.secretKey).sealedSecret.toString('hex'),
      };
    });
    const column = (name: 'id' | 'apiKey' | 'secret') => rows.map((row) => row[name]);
    await sql`
      with made as (select * from unnest(${column('id')}::text[], ${column('apiKey')}::text[], ${column('secret')}::text[])
        as row (id, api_key, secret)),
      applied as (
        insert into applications (id, applicant_id, client_id, key_name, description, effective_on, expires_on, quota, state, digest, flow_id, flow_version)
        select replace(id, 'key_', 'app_'), 'ada', 'acme', 'Orders', '', current_date - 1, current_date + 30, ${quota}, 'delivered', '-', 'default', 1 from made),
      opened as (insert into key_apis (key_id, api_id) select id, api from made, unnest(array['orders-list', 'orders-create']) as api)
      insert into keys (id, application_id, client_id, name, api_key, sealed_secret, master_key_version, effective_on, expires_on, quota)
      select id, replace(id, 'key_', 'app_'), 'acme', 'Orders', api_key, decode(secret, 'hex'), ${masterKeys.current}, current_date - 1, current_date + 30, ${quota} from made`;
  }
  await sql.unsafe('analyze keys; analyze key_apis; analyze applications');
  await sql.end();
  return pairs;
}
