import { condition, defineSignal, setDefaultSignalHandler, setHandler } from '@temporalio/workflow';
import { signals } from './messages.ts';
import { sameTrace } from './trace.ts';

/** A signal as it came: its name, and whatever its sender put into it. */
export interface Message {
  name: string;
  payload: unknown;
  /** The workflow's time, ISO 8601. */
  arrivedAt: string;
}

/** Far longer than any decision. What is as long as Temporal allows could not be passed on to an activity. */
const longest = 64 * 1024;

/**
 * Collects every signal, known or not, in the order of arrival. Opened before anything else in a workflow: a signal that
 * came before the first workflow task runs inside setHandler, so all state must be there by then, and the handler for
 * all others must be set last.
 * @param takers who else takes signals, by name; what they do not take is collected like the rest
 */
export function openInbox(takers: Record<string, (payload: unknown) => boolean> = {}) {
  const messages: { message: Message; within: ReturnType<typeof sameTrace> }[] = [];
  let received = 0;
  let busy = false;
  const receive = (name: string, payload: unknown) => {
    const fits = (JSON.stringify(payload) ?? '').length <= longest;
    const message = {
      name,
      payload: fits ? payload : { unreadable: true },
      arrivedAt: new Date().toISOString(),
    };
    messages.push({ message, within: sameTrace() });
  };
  for (const signal of Object.values(signals)) {
    setHandler(signal, (payload) => receive(signal.name, payload));
  }
  for (const [name, take] of Object.entries(takers)) {
    setHandler(defineSignal<[unknown]>(name), (payload) => void (take(payload) || receive(name, payload)));
  }
  setDefaultSignalHandler((name, ...args) => receive(name, args[0]));

  return {
    /** Hands the messages to `take`, numbered from 1 and one after the other, for as long as the workflow lives. */
    async forEach(take: (message: Message, number: number) => Promise<void>): Promise<never> {
      for (;;) {
        await condition(() => messages.length > 0);
        busy = true;
        for (let next = messages.shift(); next; next = messages.shift()) {
          const { message, within } = next;
          received += 1;
          const number = received;
          await within(() => take(message, number));
        }
        busy = false;
      }
    },

    /** Resolves when every message that has come is taken care of. */
    async settled(): Promise<void> {
      await condition(() => messages.length === 0 && !busy);
    },
  };
}
