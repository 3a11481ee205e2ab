import { condition, defineSignal, proxyActivities, setHandler, sleep } from '@temporalio/workflow';
import type { Activities } from './activities.ts';

export const decide = defineSignal<[{ level: number }]>('decide');

const { act } = proxyActivities<Activities>({ startToCloseTimeout: '20 seconds' });

/**
 * What an application costs in Temporal alone: the activities, signals and timer of `workflows/application.ts` on its way
 * through two approvals, in the same order, with nothing done in them.
 */
export async function bare(id: string, delayMs: number): Promise<void> {
  let received = 0;
  setHandler(decide, () => void (received += 1));
  await act(id, 'open-review');
  void act(id, 'mail-level-1');
  await condition(() => received > 0);
  await act(id, 'record-1');
  void act(id, 'mail-level-2');
  await condition(() => received > 1);
  await act(id, 'record-2');
  await act(id, 'issue-key');
  await sleep(delayMs);
  await act(id, 'mail-credentials');
}
