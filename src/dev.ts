import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { readStackConfig } from './config.ts';
import { durationInWords } from './domain/durations.ts';
import { findRunning, forgetRunning, noteRunning } from './stack/kept.ts';
import { screen } from './stack/screen.ts';
import { startStack } from './stack/stack.ts';

// `npm start`: the whole product, for real, from one command. Stays until Ctrl-C.
try {
  const { deliveryDelayMs, ...config } = readStackConfig(process.env, homedir());
  const dataFolder = resolve(config.dataFolder);
  const other = await findRunning(dataFolder);
  if (other)
    throw new Error(`Keygrant runs already on ${dataFolder}: ${other.baseUrl} (process ${other.pid}).`);

  let stopping = false;
  let up: Awaited<ReturnType<typeof startStack>> | undefined;
  const end = async (code: number) => {
    if (stopping) return;
    stopping = true;
    await forgetRunning(dataFolder);
    // Before all is up, what has started ends because this process does.
    await up?.stop();
    process.exit(code);
  };
  // A terminal that closes means the stack, too, and leaves time to stop it in order.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!stopping) console.log('\nStopping …');
      void end(0);
    });
  }
  const stack = await startStack({ ...config, dataFolder, say: (line) => console.log(line) });
  up = stack;
  const facts = {
    baseUrl: stack.baseUrl,
    gatewayUrl: stack.gatewayUrl,
    issuer: stack.issuer,
    mailUrl: stack.mailbox.webUrl,
    temporalUiUrl: stack.temporalUiUrl,
    deliveryDelay: durationInWords(deliveryDelayMs),
  };
  await noteRunning(dataFolder, { pid: process.pid, ...facts, env: stack.env });
  console.log(screen({ ...facts, dataFolder }));
  const why = await stack.failed;
  if (!stopping) console.error(`\n${why} Everything else is stopped, too.`);
  await end(1);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
