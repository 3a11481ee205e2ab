import type { Client } from '@temporalio/client';
import type { Mischief } from './plan.ts';

/** What was signed for one application is kept, to be sent to another one. */
let captured: { name: string; payload: unknown }[] = [];

/**
 * Sends a workflow what no portal sends. None of it may count, and none of it may stop the workflow. Where Temporal is down or
 * the workflow has ended, nobody is disappointed.
 */
export async function makeMischief(client: Client, id: string, kinds: readonly Mischief[]): Promise<void> {
  const handle = client.workflow.getHandle(id);
  const send = (name: string, payload: unknown) => handle.signal(name, payload);
  const deeds: Record<Mischief, () => Promise<unknown>> = {
    garbage: () => Promise.all([null, 'approve', { id: 1 }].map((payload) => send('decide', payload))),
    unknown: () => send('approve-everything', { please: true }),
    forged: async () => {
      const [genuine] = await signalsOf(client, id);
      if (genuine) await send(genuine.name, { ...genuine.payload, comment: 'changed on the way' });
    },
    again: async () => {
      // Twice, and the last first.
      const genuine = (await signalsOf(client, id)).toReversed();
      captured = [...genuine, ...captured].slice(0, 20);
      await Promise.all([...genuine, ...genuine].map(({ name, payload }) => send(name, payload)));
    },
    foreign: () => Promise.all(captured.slice(0, 3).map(({ name, payload }) => send(name, payload))),
  };
  for (const kind of kinds) await deeds[kind]().catch(() => undefined);
}

/**
 * The genuine signals that a workflow has received so far, as Temporal keeps them; each once, or every repetition would
 * triple what there is to repeat.
 */
async function signalsOf(client: Client, id: string) {
  const { events } = await client.workflow.getHandle(id).fetchHistory();
  const signals = (events ?? []).flatMap(
    ({ workflowExecutionSignaledEventAttributes: signal }) => signal ?? [],
  );
  const { payloadConverter, payloadCodecs } = client.options.loadedDataConverter;
  const read = signals.map(async ({ signalName, input }) => {
    let payloads = input?.payloads ?? [];
    for (const codec of payloadCodecs) payloads = await codec.decode(payloads);
    const payload: unknown = payloads[0] && payloadConverter.fromPayload(payloads[0]);
    return { name: signalName ?? '', payload };
  });
  const byId = new Map<unknown, { name: string; payload: object }>();
  for (const { name, payload } of await Promise.all(read))
    if (typeof payload === 'object' && payload !== null && 'signature' in payload && 'id' in payload)
      // The first of an id is the genuine one: forgeries are made of it.
      byId.set(payload.id, byId.get(payload.id) ?? { name, payload });
  return [...byId.values()];
}
