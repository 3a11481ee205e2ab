import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { readConfig } from '../../src/config.ts';
import { prepareDatabase } from '../../src/stack/database.ts';
import { startIdentity } from '../../src/stack/identity.ts';
import { freePort } from '../../src/stack/ports.ts';
import { startPostgres } from '../../src/stack/postgres.ts';
import { audience, firstAdmin, people, portal, seed } from '../../src/stack/seed.ts';
import { signIn } from '../../src/stack/sign-in.ts';
import { type Child, start } from '../child.ts';

export type VerifyStack = Awaited<ReturnType<typeof startStack>>;

const ip = '127.0.0.1';
const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const path = process.env['PATH'] ?? '';

/**
 * Starts what takes part, on loopback. What is measured runs on the first core, alone: only one server is called at a time.
 * PostgreSQL, upstream and load share the second.
 */
export async function startStack(folder: string) {
  const logFile = (name: string) => join(folder, 'logs', `${name}.log`);
  await mkdir(join(folder, 'logs'), { recursive: true });
  const pinned = cpus().length > 1 && (await ends('taskset', ['-V'])) === 0;
  const [first, second] = pinned ? [0, 1] : [];

  const stops: (() => Promise<unknown>)[] = [];
  const started = <T extends { stop(): Promise<void> }>(part: T): T => {
    stops.push(() => part.stop());
    return part;
  };
  const stop = async () => {
    for (let next = stops.pop(); next; next = stops.pop()) await next().catch(console.error);
  };
  try {
    const identity = started(
      await startIdentity({ port: 0, people: [...people], portals: [portal], audience, redirectUris: [] }),
    );
    const port = await freePort();
    const database = started(
      await startPostgres({ dataFolder: join(folder, 'postgres'), port, logFile: logFile('postgres') }),
    );
    // Its children inherit the core.
    if (second !== undefined) await ends('taskset', ['-a', '-c', '-p', String(second), String(database.pid)]);
    const serviceUrl = await prepareDatabase((name) => database.url(name), folder);

    /** A process on the first core, and its first message. */
    const measured = async (
      name: string,
      args: string[],
      env: Record<string, string> = {},
      flags: readonly string[] = [],
    ) =>
      greeted({
        file: file(name),
        args,
        env: { PATH: path, ...env },
        logFile: logFile(name.replaceAll(/\W/g, '-')),
        core: first,
        flags,
      });

    const greeted = async (
      options: Parameters<typeof start>[0],
    ): Promise<{ child: Child; said: unknown }> => {
      const child = started(await start(options));
      const ended = new AbortController();
      child.process.once('exit', () => ended.abort());
      const [said] = await once(child.process, 'message', { signal: ended.signal }).catch(() => {
        throw new Error(`${options.file} has ended; see ${options.logFile}`);
      });
      return { child, said: said as unknown };
    };

    const upstreamPort = await freePort();
    const upstream = `http://${ip}:${upstreamPort}`;
    await greeted({
      file: file('against/upstream.mjs'),
      args: [String(upstreamPort)],
      env: { PATH: path },
      logFile: logFile('upstream'),
      core: second,
    });
    const { child: load } = await greeted({
      file: file('load.ts'),
      env: { PATH: path },
      logFile: logFile('load'),
      core: second,
    });

    /** An API with its gateway on a database of that name, a copy of the first. */
    const startKeygrant = async (
      name: string,
      settings: Record<string, string> = {},
      flags: readonly string[] = [],
    ) => {
      const [apiPort, gatewayPort] = [await freePort(), await freePort()];
      const env: Record<string, string> = {
        PATH: path,
        KEYGRANT_MODE: 'development',
        DATABASE_URL: serviceUrl.replace(/keygrant$/, name),
        OIDC_ISSUER: identity.issuer,
        OIDC_AUDIENCE: audience,
        FIRST_ADMIN: firstAdmin,
        SMTP_URL: `smtp://${ip}:1`,
        HOST: ip,
        PORT: String(apiPort),
        GATEWAY_ADDRESS: `${ip}:${gatewayPort}`,
        // By address: all of the load is one.
        RATE_LIMIT: '1000000',
        ...settings,
      };
      const child = started(
        await start({
          file: file('../../dist/src/server.js'),
          env,
          logFile: logFile(`${name}-${apiPort}`),
          core: first,
          flags,
        }),
      );
      const baseUrl = `http://${ip}:${apiPort}`;
      while (!(await fetch(`${baseUrl}/healthz`).catch(() => undefined))?.ok) {
        if (child.process.exitCode !== null) throw new Error(`Keygrant has ended; see ${folder}/logs`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      return { child, baseUrl, apiPort, gatewayPort, env, config: readConfig(env) };
    };

    const token = await signIn({ issuer: identity.issuer, person: firstAdmin });
    const admin = postgres(database.url('postgres'), { max: 1, onnotice: () => {} });
    stops.push(() => admin.end());
    return {
      pinned,
      folder,
      token,
      upstream,
      load,
      measured,
      startKeygrant,
      urlOf: (name: string) => database.url(name),
      /** Fills the first database with people, clients and APIs, of which the others are copies. */
      seed: (baseUrl: string) => seed(baseUrl, token, upstream),
      copy: (name: string) => admin.unsafe(`create database ${name} template keygrant`),
      create: (name: string) => admin.unsafe(`create database ${name}`),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Runs a command to its end and answers with its exit code; undefined where there is none of that name. */
export async function ends(command: string, args: string[], cwd?: string): Promise<number | undefined> {
  const child = spawn(command, args, { stdio: 'ignore', ...(cwd !== undefined && { cwd }) });
  return new Promise((resolve) => {
    child.once('error', () => resolve(undefined));
    child.once('exit', (code) => resolve(code ?? undefined));
  });
}
