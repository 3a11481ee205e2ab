import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

test('a process whose parent went while it was starting ends as soon as it can', async () => {
  const program = `
    const { stopOnSignal } = await import('./src/stopping.ts');
    await new Promise((resolve) => setTimeout(resolve, 500));
    setInterval(() => {}, 1_000);
    stopOnSignal({ info() {}, error() {} }, async () => {});`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.disconnect();
  const slow = setTimeout(() => child.kill('SIGKILL'), 15_000);
  const [code] = await once(child, 'exit');
  clearTimeout(slow);
  expect(code).toBe(0);
});
