import { eq } from 'drizzle-orm';
import { openDatabase } from '../db/database.ts';
import { keys } from '../db/schema/keys.ts';
import { type Refusal, refusals } from '../gateway/verdict.ts';
import { type DgrkPair, dgrkAuthorization } from '../signing/dgrk.ts';
import { signMessage } from '../signing/message.ts';
import type { DemoApi } from './demo-api.ts';
import type { Undoing } from './undoing.ts';

/** What the scenes are played with. */
export interface Stage {
  gatewayUrl: string;
  databaseUrl: string;
  api: DemoApi;
  undoing: Undoing;
  /** The key of the story. */
  pair: DgrkPair;
  /** A key for one call, of a client of its own, to which anything may happen. */
  spare: DgrkPair & { id: string; clientId: string };
  /** A key that begins tomorrow. */
  later: DgrkPair;
  /** A calendar date so many days from today. */
  day: (offset: number) => string;
}

/** What came back. */
interface Outcome {
  status: number;
  detail: string;
}

interface Scene {
  /** How it comes to that, for the reader. */
  how: string;
  play: (stage: Stage) => Promise<Outcome>;
}

type Headers = Record<string, string>;

async function send({ gatewayUrl }: Stage, path: string, headers: Headers): Promise<Outcome> {
  const response = await fetch(`${gatewayUrl}${path}`, { headers });
  const answer = (await response.json()) as { detail?: string };
  return { status: response.status, detail: answer.detail ?? 'it passed' };
}

const sign = (pair: DgrkPair, url = '/orders', created?: number) =>
  signMessage({ method: 'GET', url }, pair, created === undefined ? {} : { created });

const signedCall = async (stage: Stage, pair: DgrkPair, path = '/orders') =>
  send(stage, path, await sign(pair, path));

/** In this order: what is changed for one is put right before the next, and the last one cannot be. */
const scenes: Readonly<Record<Refusal, Scene>> = {
  malformed: { how: 'not signed at all', play: (stage) => send(stage, '/orders', {}) },
  unauthorized: {
    how: 'signed for /orders, sent to /orders/7',
    play: async (stage) => send(stage, '/orders/7', await sign(stage.pair)),
  },
  replayed: {
    how: 'a call that passed, sent again as it was',
    async play(stage) {
      const headers = await sign(stage.pair);
      await send(stage, '/orders', headers);
      return send(stage, '/orders', headers);
    },
  },
  'outside-window': {
    how: 'signed ten minutes ago',
    play: async (stage) =>
      send(stage, '/orders', await sign(stage.pair, '/orders', Math.floor(Date.now() / 1000) - 600)),
  },
  'api-not-permitted': {
    how: 'of an API that the key was not approved for',
    play: (stage) => signedCall(stage, stage.pair, '/prices/today'),
  },
  'not-yet-effective': {
    how: 'by a key whose first day is tomorrow',
    play: (stage) => signedCall(stage, stage.later),
  },
  'dgrk-refused': {
    how: 'signed by DGRK, after Dora (admin) has ended that for the key; she allows it again',
    play: (stage) => {
      const { api, spare, undoing } = stage;
      const limit = (until: string | null) =>
        api.quietly('dora', 'PUT', `/v1/keys/${spare.id}/dgrk`, { until });
      return undoing.during(
        () => limit(stage.day(-1)),
        () => limit(null),
        async () => send(stage, '/orders', { authorization: await dgrkAuthorization(spare) }),
      );
    },
  },
  'client-disabled': {
    how: 'while Dora has its client disabled; she enables it again',
    play: (stage) => {
      const enable = (enabled: boolean) => enableClient(stage.api, stage.spare.clientId, enabled);
      return stage.undoing.during(
        () => enable(false),
        () => enable(true),
        () => signedCall(stage, stage.spare),
      );
    },
  },
  expired: {
    how: 'while its dates lie in the past; nobody can do that in a demo, so they are moved in the database, and back',
    play: (stage) => {
      const move = (effectiveOn: string, expiresOn: string) => moveKey(stage, { effectiveOn, expiresOn });
      return stage.undoing.during(
        () => move(stage.day(-2), stage.day(-1)),
        () => move(stage.day(0), stage.day(1)),
        () => signedCall(stage, stage.spare),
      );
    },
  },
  'quota-used-up': {
    how: 'the second call by a key for one',
    async play(stage) {
      const first = await signedCall(stage, stage.spare);
      return first.status === 200 ? signedCall(stage, stage.spare) : first;
    },
  },
  suspended: {
    how: 'while Dora has the key suspended; she resumes it',
    play: (stage) =>
      stage.undoing.during(
        () => act(stage, 'suspension', false),
        () => act(stage, 'resumption', true),
        () => signedCall(stage, stage.spare),
      ),
  },
  revoked: {
    how: 'after Dora has revoked the key at once',
    async play(stage) {
      await act(stage, 'revocation', false);
      return signedCall(stage, stage.spare);
    },
  },
};

/**
 * Provokes every refusal that there is, and puts right what it took.
 * @returns a line for each
 * @throws Error where a call ends otherwise
 */
export async function* provokeRefusals(stage: Stage): AsyncGenerator<string> {
  for (const [reason, { how, play }] of Object.entries(scenes) as [Refusal, Scene][]) {
    const { status, detail } = await play(stage);
    const isReason = reason === 'malformed' ? status === 401 : detail === refusals[reason].en;
    if (!isReason)
      throw new Error(`The call that should have been refused as ${reason}: ${status}, ${detail}`);
    yield `${reason} (${status}): ${how}. "${detail}"`;
  }
}

/** What an admin does to the spare key, until it is so. */
async function act({ api, spare }: Stage, path: string, usable: boolean): Promise<void> {
  await api.quietly('dora', 'POST', `/v1/keys/${spare.id}/${path}`, { comment: 'For the demo.' });
  await api.until(`/v1/keys/${spare.id}`, (key) => key.usable === usable);
}

/** Enables or disables a client, which is added where it is missing. */
export async function enableClient(api: DemoApi, id: string, enabled: boolean): Promise<void> {
  const found = await api.quietly('dora', 'GET', `/v1/clients?q=${id}`);
  if (!found.body.items.some((client: { id: string }) => client.id === id)) {
    const client = { id, name: 'Of the demo', emails: ['demo@example.com'], enabled };
    await api.quietly('dora', 'POST', '/v1/clients', client);
    return;
  }
  const { etag } = await api.quietly('dora', 'GET', `/v1/clients/${id}`);
  await api.quietly('dora', 'PATCH', `/v1/clients/${id}`, { enabled }, etag);
}

async function moveKey({ databaseUrl, spare }: Stage, dates: { effectiveOn: string; expiresOn: string }) {
  const { db, close } = openDatabase(databaseUrl, { maxConnections: 1 });
  try {
    await db.update(keys).set(dates).where(eq(keys.id, spare.id));
  } finally {
    await close();
  }
}
