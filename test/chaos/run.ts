import { rm } from 'node:fs/promises';
import type { Client } from '@temporalio/client';
import { readConfig } from '../../src/config.ts';
import { verifyChain } from '../../src/db/audit.ts';
import { openDatabase } from '../../src/db/database.ts';
import { mailRetry } from '../../src/domain/mails.ts';
import { firstAdmin } from '../../src/stack/seed.ts';
import { openClient } from '../../src/temporal/connection.ts';
import { Ledger } from './ledger.ts';
import { type Parts, startParts } from './parts.ts';
import { pause } from './patience.ts';
import { places } from './places.ts';
import { type Plan, partNames, planOf } from './plan.ts';
import { Portal } from './portal.ts';
import { readMails, readRecord } from './record.ts';
import { secretIn, seeker } from './secrets.ts';
import { verdict } from './verdict.ts';
import { walk } from './walk.ts';

export interface ChaosOptions {
  applications: number;
  seed: number;
  folder: string;
  /** What `npm run build` has made, to be run in place of the sources. */
  built?: string;
  /** How often a part is killed at most; without it, until all is walked. */
  faults?: number;
  /** How many applications are under way at once. */
  atOnce?: number;
  say?: (line: string) => void;
}

/** A whole run: starts everything, walks the applications through their plans under the plan's faults, and judges. */
export async function chaos(options: ChaosOptions) {
  const { applications, seed, folder, atOnce = 60, say = () => {} } = options;
  const plan = planOf(seed, applications);
  const parts = await startParts(folder, { DELIVERY_DELAY: '3s' }, options.built);
  const temporal = openClient(readConfig(parts.env).temporal);
  const { client } = temporal;
  const ledger = new Ledger();
  const stop = async () => {
    await temporal.close();
    await parts.stop();
  };
  try {
    const portal = new Portal(parts.as, ledger);
    const begun = Date.now();
    const striking = strike(parts, plan, options.faults);
    let done = 0;
    const report = setInterval(() => {
      say(
        `${Math.round((Date.now() - begun) / 1000)} s: ${done} of ${applications} walked, ${killsOf(parts)}`,
      );
    }, 15_000);
    try {
      await walkAll(plan, atOnce, portal, async (number) => {
        const one = plan.applications[number];
        if (one)
          await walk({ portal, ledger, client }, number, one).catch((error: unknown) => {
            ledger.strange.push(`application ${number} got no further: ${String(error)}`);
          });
        done += 1;
      });
    } finally {
      clearInterval(report);
      await striking.stop();
    }
    const walkedMs = Date.now() - begun;
    say(
      `All walked after ${Math.round(walkedMs / 1000)} s; ${killsOf(parts)}. Waiting until nothing moves any more.`,
    );
    const stuck = await settled(client);
    const settledMs = Date.now() - begun;
    const judge = () => judgeAll(parts, client, ledger);
    return {
      parts,
      plan,
      ledger,
      /** Judges what there is now; once more after something was changed. */
      judge,
      wrong: [...stuck, ...(await judge())],
      figures: { walkedMs, settledMs, answers: Object.fromEntries(ledger.answers) },
      kills: [...parts.parts.values()].map(({ name, killed, ended }) => ({ name, killed, ended })),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

function killsOf({ parts }: Parts): string {
  return [...parts.values()].map(({ name, killed, ended }) => `${name} ${killed}+${ended}`).join(', ');
}

/** Kills one part after the other as planned, and lets go when told to: then everything is up again. */
function strike({ parts }: Parts, { faults }: Plan, most = Number.POSITIVE_INFINITY) {
  const over = new AbortController();
  const strikes: Promise<void>[] = [];
  const going = (async () => {
    // Each part is struck once at least, however short the run is.
    for (let at = 0; at < most && (!over.signal.aborted || at < partNames.length); at += 1) {
      const fault = faults[at % faults.length];
      if (!fault) return;
      await pause(fault.pauseMs);
      const strike = parts.get(fault.part)?.strike(fault);
      if (strike) strikes.push(strike.up);
      await strike?.struck;
    }
  })();
  return {
    async stop() {
      over.abort();
      await going;
      await Promise.all(strikes);
    },
  };
}

/** Walks the applications in the order of the plan, some at once, each under the flow that is in force then. */
async function walkAll(plan: Plan, atOnce: number, portal: Portal, one: (number: number) => Promise<void>) {
  const perFlow = Math.ceil(plan.applications.length / plan.flows.length);
  let next = 0;
  const walker = async () => {
    for (let number = next; number < plan.applications.length; number = next) {
      next += 1;
      if (number % perFlow === 0) await storeFlow(plan, number / perFlow, portal);
      await one(number);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, walker));
}

async function storeFlow({ flows }: Plan, at: number, portal: Portal): Promise<void> {
  const levels = flows[at]?.map(({ role, skippedFor, ...level }, index) => ({
    name: `Level ${index + 1}`,
    reviewers: { people: [], roles: [role] },
    skipWhen: skippedFor === null ? [] : [{ clientIds: [skippedFor] }],
    ...level,
  }));
  if (!levels) return;
  const put = () =>
    portal.ask(firstAdmin, (api) => api.put('/v1/flows/default', { name: `Flow ${at}`, levels }));
  const answer = await put();
  // Another attempt of the same, whose answer was lost, was quicker.
  if (answer.status !== 201 && answer.status !== 412)
    throw new Error(`flow ${at}: ${answer.status} ${JSON.stringify(answer.body)}`);
}

/** How a workflow may end: one that was resubmitted early is followed by the next round. */
const ended: readonly string[] = ['COMPLETED', 'CONTINUED_AS_NEW'];

/** Waits until no workflow runs any more, but those of keys, which live as long as their keys do; says which of them do not end, or have ended as none should. */
async function settled(client: Client): Promise<string[]> {
  // A mail that met one outage after the other waits as long as that for its next try.
  const end = Date.now() + mailRetry.most + 300_000;
  for (;;) {
    const seen: string[] = [];
    const running: string[] = [];
    for await (const { workflowId, status } of client.workflow.list()) {
      if (status.name === 'RUNNING' && workflowId.startsWith('key/')) continue;
      if (status.name === 'RUNNING') running.push(workflowId);
      else if (!ended.includes(status.name)) seen.push(`workflow ${workflowId} is ${status.name}`);
    }
    if (running.length === 0) return seen;
    if (Date.now() > end) return [...seen, ...running.map((id) => `workflow ${id} does not end`)];
    await pause(1_000);
  }
}

async function judgeAll(parts: Parts, client: Client, ledger: Ledger): Promise<string[]> {
  const ownerUrl = parts.ownerUrl();
  const { db, close } = openDatabase(String(parts.env['DATABASE_URL']), { maxConnections: 1 });
  const chain = await verifyChain(db).finally(close);
  const received = await readMails(parts.mails);
  const wrong = verdict(await readRecord(ownerUrl), received, ledger);
  if (!chain.intact) wrong.push(`the audit chain is broken at ${chain.brokenAt}: ${chain.why}`);
  const holds = seeker(received.flatMap(({ text }) => secretIn(text) ?? []));
  const { folder, temporalFile } = parts;
  for await (const [place, text] of places({ ownerUrl, folder, temporalFile, client }))
    if (holds(text)) wrong.push(`a secret is in ${place}`);
  return wrong;
}
