import type { OwnProcess } from './processes.ts';

/** Waits until everything serves, or one of the processes has given up. */
export async function ready(
  processes: readonly OwnProcess[],
  serves: () => Promise<boolean>,
  logFile: (name: string) => string,
): Promise<void> {
  const end = Date.now() + 60_000;
  let gone: string | undefined;
  for (const { name, exited } of processes)
    void exited.then(
      (how) => (gone ??= `The ${name} ended at its start (${how}); its log is ${logFile(name)}.`),
    );
  while (!(await serves())) {
    if (gone !== undefined || Date.now() > end)
      throw new Error(
        gone ?? `API and worker did not get ready; their logs are beside ${logFile('server')}.`,
      );
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Whether an address answers with success. */
export async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Says what is going on, unless it is over before anybody wonders. */
export async function unlessQuick<T>(
  say: (line: string) => void,
  line: string,
  work: Promise<T>,
): Promise<T> {
  const saying = setTimeout(() => say(line), 1_000);
  try {
    return await work;
  } finally {
    clearTimeout(saying);
  }
}
