import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { auditVerify } from './commands/audit.ts';
import { readStackConfig } from './config.ts';
import { demo } from './stack/demo.ts';
import { findRunning } from './stack/kept.ts';
import { startStack } from './stack/stack.ts';

// `npm run demo`: against the `npm start` that runs, else against one of its own, with a short delivery delay.
const shortDelay = { setting: '20s', words: '20 seconds (instead of the default ten minutes)' };

/** Proves the record, as an auditor would. */
async function prove(env: NodeJS.ProcessEnv): Promise<number> {
  console.log('\n  npm run -s keygrant -- audit verify');
  return auditVerify(env, []);
}

let code = 0;
try {
  const config = readStackConfig(process.env, homedir());
  const dataFolder = resolve(config.dataFolder);
  const running = await findRunning(dataFolder);
  if (running) {
    if (/minute|hour|day/.test(running.deliveryDelay)) {
      console.log(
        `The running Keygrant mails ${running.deliveryDelay} after the approval, as in production, and this demo waits for it.\n` +
          'For a short one, stop it and run `npm run demo` alone, or start it with DELIVERY_DELAY=20s.\n',
      );
    }
    await demo({ ...running, timeZone: running.env['TIME_ZONE'] ?? 'UTC' });
    code = await prove({ ...running.env, ...process.env });
    console.log(`  The mail is at ${running.mailUrl}, too.`);
  } else {
    console.log('No `npm start` runs here, so the demo starts one, and stops it at its end.\n');
    const env = { DELIVERY_DELAY: shortDelay.setting, ...config.env };
    const stack = await startStack({ ...config, dataFolder, env, say: (line) => console.log(line) });
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => void stack.stop().then(() => process.exit(130)));
    try {
      const { baseUrl, gatewayUrl, issuer, mailbox } = stack;
      const deliveryDelay = config.env['DELIVERY_DELAY'] ?? shortDelay.words;
      const timeZone = stack.env['TIME_ZONE'] ?? 'UTC';
      await demo({ baseUrl, gatewayUrl, issuer, mailUrl: mailbox.webUrl, deliveryDelay, timeZone });
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
