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
  const stack = await startStack({ ...config, dataFolder, say: (line) => console.log(line) });
  const facts = {
    baseUrl: stack.baseUrl,
    issuer: stack.issuer,
    mailUrl: stack.mailbox.webUrl,
    temporalUiUrl: stack.temporalUiUrl,
    deliveryDelay: durationInWords(deliveryDelayMs),
  };
  await noteRunning(dataFolder, { pid: process.pid, ...facts, env: stack.env });
  const end = async (code: number) => {
    if (stopping) return;
    stopping = true;
    await forgetRunning(dataFolder);
    await stack.stop();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (!stopping) console.log('\nStopping …');
      void end(0);
    });
  }
  console.log(screen({ ...facts, dataFolder }));
  const why = await stack.failed;
  if (!stopping) console.error(`\n${why} Everything else is stopped, too.`);
  await end(1);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
