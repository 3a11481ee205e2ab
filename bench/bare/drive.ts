import type { Client } from '@temporalio/client';
import type { Child } from '../child.ts';
import type { Step } from './activities.ts';
import { type bare, decide } from './workflow.ts';

export const taskQueue = 'bare';

/** Walks bare workflows as Keygrant's applications are walked: each step waits for the one before it. */
export class BareWorkflows {
  readonly #client: Client;
  readonly #delayMs: number;
  readonly #waiting = new Map<string, () => void>();

  constructor(client: Client, worker: Child, delayMs: number) {
    this.#client = client;
    this.#delayMs = delayMs;
    worker.process.on('message', (message) => {
      const { id, step } = message as { id: string; step: string };
      this.#waiting.get(`${id} ${step}`)?.();
    });
  }

  /** From the start through both signals to the end. */
  async walk(id: string): Promise<void> {
    const opened = this.#reached(id, 'open-review');
    const handle = await this.#client.workflow.start<typeof bare>('bare', {
      workflowId: id,
      taskQueue,
      args: [id, this.#delayMs],
    });
    await opened;
    for (const level of [1, 2] as const) {
      const recorded = this.#reached(id, `record-${level}`);
      await handle.signal(decide, { level });
      await recorded;
    }
    await handle.result();
  }

  #reached(id: string, step: Step): Promise<void> {
    const key = `${id} ${step}`;
    return new Promise<void>((resolve) => this.#waiting.set(key, resolve)).finally(() =>
      this.#waiting.delete(key),
    );
  }
}
