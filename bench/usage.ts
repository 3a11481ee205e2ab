import { readdir, readFile } from 'node:fs/promises';

/** Processor seconds and resident bytes of a process with its children, from Linux's /proc; undefined elsewhere. */
export interface Usage {
  cpuSeconds: number;
  residentBytes: number;
}

/** USER_HZ and the page size of every Linux that Node runs on but a few. */
const ticksPerSecond = 100;
const pageBytes = 4096;

/** What a process and all its children have used so far, ended children included. */
export async function usageOf(pid: number): Promise<Usage | undefined> {
  const stats = await readAll();
  if (!stats.has(pid)) return undefined;
  const total = { cpuSeconds: 0, residentBytes: 0 };
  const add = (id: number) => {
    const stat = stats.get(id);
    total.cpuSeconds += (stat?.ticks ?? 0) / ticksPerSecond;
    total.residentBytes += (stat?.pages ?? 0) * pageBytes;
    for (const [child, { parent }] of stats) if (parent === id) add(child);
  };
  add(pid);
  return total;
}

/** The fields of proc_pid_stat(5) that matter here, by process id. */
async function readAll(): Promise<Map<number, { parent: number; ticks: number; pages: number }>> {
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const stats = new Map<number, { parent: number; ticks: number; pages: number }>();
  for (const id of ids) {
    const text = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
    // The second field, the name, may hold anything; what follows its closing parenthesis is numbered from 3.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const field = (number: number) => Number(fields[number - 3] ?? 0);
    const ticks = field(14) + field(15) + field(16) + field(17);
    stats.set(Number(id), { parent: field(4), ticks, pages: field(24) });
  }
  return stats;
}

/** Processor seconds that each process used while `work` ran, and the driver's own. */
export async function measured<T>(pids: Record<string, number>, work: () => Promise<T>) {
  const read = async () =>
    Object.fromEntries(
      await Promise.all(
        Object.entries(pids).map(async ([name, pid]) => [name, (await usageOf(pid))?.cpuSeconds] as const),
      ),
    );
  const before = await read();
  const own = process.cpuUsage();
  const begun = performance.now();
  const result = await work();
  const seconds = (performance.now() - begun) / 1_000;
  const { user, system } = process.cpuUsage(own);
  const cpu: Record<string, number> = { driver: (user + system) / 1e6 };
  for (const [name, after] of Object.entries(await read()))
    if (after !== undefined) cpu[name] = after - (before[name] ?? 0);
  return { result, seconds, cpu };
}
