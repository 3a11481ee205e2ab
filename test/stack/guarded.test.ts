import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { spawnGuarded } from '../../src/stack/guarded.ts';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'keygrant-guarded-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

const forever = 'setInterval(() => {}, 1000)';

/** A zombie has ended: that its new parent has not noticed yet is not our concern. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync('/proc/self') || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((wake) => setTimeout(wake, 20));
}

/** A process that runs a guarded child for ever, and the child's pid. Shrugs off Ctrl-C itself. */
async function parentWithChild() {
  const module = new URL('../../src/stack/guarded.ts', import.meta.url).href;
  const spec = { command: process.execPath, args: ['-e', forever], logFile: join(folder, 'child.log') };
  const code = `
    import { spawnGuarded } from ${JSON.stringify(module)};
    process.on('SIGINT', () => {});
    console.log((await spawnGuarded(${JSON.stringify(spec)})).pid);`;
  const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    // A group of its own, as a shell gives to each command.
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(parent.stdout), 'line');
  return { parent: parent.pid!, child: Number(line) };
}

describe('a guarded process', () => {
  test('ends when its parent is killed without warning', async () => {
    const { parent, child } = await parentWithChild();
    expect(isAlive(child)).toBe(true);
    process.kill(parent, 'SIGKILL');
    await untilGone(child);
  });

  test('does not hear the Ctrl-C that its parent hears', async () => {
    const { parent, child } = await parentWithChild();
    process.kill(-parent, 'SIGINT');
    await new Promise((wake) => setTimeout(wake, 300));
    expect(isAlive(child)).toBe(true);
    process.kill(parent, 'SIGKILL');
    await untilGone(child);
  });

  test('is gone once stop() resolves, and its output is in the log', async () => {
    const logFile = join(folder, 'stopped.log');
    const child = await spawnGuarded({
      command: process.execPath,
      args: ['-e', `console.log('here');${forever}`],
      logFile,
    });
    while (!(await readFile(logFile, 'utf8')).includes('here'))
      await new Promise((wake) => setTimeout(wake, 20));
    await child.stop();
    expect(isAlive(child.pid)).toBe(false);
    await child.stop();
  });

  test('is killed when it will not stop within ten seconds', { timeout: 20_000 }, async () => {
    const stubborn = `process.on('SIGINT', () => {}); console.log('ready'); ${forever}`;
    const logFile = join(folder, 'stubborn.log');
    const child = await spawnGuarded({ command: process.execPath, args: ['-e', stubborn], logFile });
    while (!(await readFile(logFile, 'utf8')).includes('ready'))
      await new Promise((wake) => setTimeout(wake, 20));
    await child.stop();
    expect(isAlive(child.pid)).toBe(false);
    expect(await child.exited).toBe(128 + 9);
  });

  test.runIf(existsSync('/proc/self'))('is killed when its guardian is', async () => {
    const logFile = join(folder, 'orphan.log');
    const child = await spawnGuarded({ command: process.execPath, args: ['-e', forever], logFile });
    const guardian = Number((await readFile(`/proc/${child.pid}/stat`, 'utf8')).split(' ')[3]);
    process.kill(guardian, 'SIGKILL');
    await child.exited;
    await untilGone(child.pid);
  });

  test('tells its exit code', async () => {
    const logFile = join(folder, 'code.log');
    const child = await spawnGuarded({ command: process.execPath, args: ['-e', 'process.exit(7)'], logFile });
    expect(await child.exited).toBe(7);
  });

  test('that does not exist is an error at once', async () => {
    const spec = { command: '/no/such/program', args: [], logFile: join(folder, 'none.log') };
    await expect(spawnGuarded(spec)).rejects.toThrow(
      'Cannot run /no/such/program: spawn /no/such/program ENOENT',
    );
  });
});
