import { homedir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { auditVerify } from './commands/audit.ts';
import { readStackConfig } from './config.ts';
import { demo } from './stack/demo.ts';
import { findRunning } from './stack/kept.ts';
import { startStack } from './stack/stack.ts';
import { Undoing } from './stack/undoing.ts';

// `npm run demo`: against the `npm start` that runs, else against one of its own, with a short delivery delay.
const shortDelay = { setting: '20s', words: '20 seconds (instead of the default ten minutes)' };

/** Proves the record, as an auditor would. */
async function prove(env: NodeJS.ProcessEnv): Promise<number> {
  console.log('\n  npm run -s keygrant -- audit verify');
  return auditVerify(env, []);
}

let code = 0;
const undoing = new Undoing();
/** Puts right what the demo has changed for a moment, also where it is cut short. */
const onSignals = (end: () => Promise<unknown>) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(
      signal,
      () =>
        void undoing
          .all()
          .then(end)
          .finally(() => process.exit(130)),
    );
};
try {
  const config = readStackConfig(process.env, homedir());
  const dataFolder = resolve(config.dataFolder);
  const keyFile = relative(process.cwd(), join(dataFolder, 'demo.key'));
  const running = await findRunning(dataFolder);
  if (running) {
    if (/minute|hour|day/.test(running.deliveryDelay)) {
      console.log(
        `The running Keygrant mails ${running.deliveryDelay} after the approval, as in production, and this demo waits for it.\n` +
          'For a short one, stop it and run `npm run demo` alone, or start it with DELIVERY_DELAY=20s.\n',
      );
    }
    onSignals(async () => undefined);
    const { TIME_ZONE: timeZone = 'UTC', DATABASE_URL: databaseUrl = '' } = running.env;
    await demo({ ...running, timeZone, databaseUrl, keyFile }, undoing);
    code = await prove({ ...running.env, ...process.env });
    console.log(`  The mail is at ${running.mailUrl}, too.`);
  } else {
    console.log('No `npm start` runs here, so the demo starts one, and stops it at its end.\n');
    const env = { DELIVERY_DELAY: shortDelay.setting, ...config.env };
    const stack = await startStack({ ...config, dataFolder, env, say: (line) => console.log(line) });
    onSignals(() => stack.stop());
    try {
      const { baseUrl, gatewayUrl, issuer, mailbox } = stack;
      const deliveryDelay = config.env['DELIVERY_DELAY'] ?? shortDelay.words;
      const { TIME_ZONE: timeZone = 'UTC', DATABASE_URL: databaseUrl = '' } = stack.env;
      const mailUrl = mailbox.webUrl;
      const scenery = { baseUrl, gatewayUrl, issuer, mailUrl, deliveryDelay, timeZone, databaseUrl, keyFile };
      await demo(scenery, undoing);
      code = await prove(stack.env);
      console.log('  Everything is stopped now; the data is kept for `npm start`.');
    } finally {
      await stack.stop();
    }
  }
  process.exit(code);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
