import { readFile, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { DgrkPair } from '../../signing/dgrk.ts';
import { WrongUsage } from './wrong-usage.ts';

/** Where a pair comes from, beside the command line. */
interface Sources {
  apiKey: string | undefined;
  secretKey: string | undefined;
}

/** What cannot be a file's name by accident. Ours have 56 characters. */
const apiKeyForm = /^[A-Za-z0-9+/]{40,100}={0,2}$/;

/**
 * Finds the pair to sign with: whole in a file, or the secret from the environment or the keyboard.
 * @param key a file's name or an API key
 * @throws WrongUsage
 */
export async function findPair(key: string | undefined, env: Sources): Promise<DgrkPair> {
  const named = key ?? env.apiKey;
  if (named === undefined) {
    throw new WrongUsage(
      'Which key? --key FILE with the pair, or --key API_KEY with the secret in KEYGRANT_SECRET_KEY.',
    );
  }
  const text = await readFile(named, 'utf8').catch(() => undefined);
  if (text !== undefined) {
    await warnOfReaders(named);
    return pairIn(text, named);
  }
  if (!apiKeyForm.test(named)) {
    throw new WrongUsage(`${named} is neither a file that can be read nor an API key, as the mail has it.`);
  }
  return { apiKey: named, secretKey: env.secretKey ?? (await askForSecret()) };
}

/** As ssh does. */
async function warnOfReaders(file: string): Promise<void> {
  const { mode } = await stat(file);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    console.error(`Others on this machine can read ${file}, and the secret in it: chmod 600 ${file}`);
  }
}

/**
 * Reads a pair from a file's text. What is wrong is told without its content.
 * @throws WrongUsage
 */
function pairIn(text: string, file: string): DgrkPair {
  const pair = fromJson(text) ?? labelled(text) ?? lines(text);
  if (pair?.apiKey && pair.secretKey) return pair;
  throw new WrongUsage(
    `${file} holds no pair: it must have two lines (API Key, Secret Key), be JSON {"apiKey", "secretKey"}, or be the mail.`,
  );
}

function fromJson(text: string): DgrkPair | undefined {
  try {
    const { apiKey, secretKey } = JSON.parse(text) as Partial<Record<keyof DgrkPair, unknown>>;
    return typeof apiKey === 'string' && typeof secretKey === 'string' ? { apiKey, secretKey } : undefined;
  } catch {
    return undefined;
  }
}

/** `API_KEY=…` and `SECRET_KEY=…`, or what the mail calls them. */
function labelled(text: string): DgrkPair | undefined {
  const value = (label: string) => new RegExp(`${label}["']?([A-Za-z0-9+/]+={0,2})`).exec(text)?.[1];
  const apiKey = value(String.raw`(?:API_KEY=|API Key \(Public\)\s+)`);
  const secretKey = value(String.raw`(?:SECRET_KEY=|Secret Key \(Private\)\s+)`);
  return apiKey && secretKey ? { apiKey, secretKey } : undefined;
}

function lines(text: string): DgrkPair | undefined {
  const [apiKey, secretKey, ...rest] = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return apiKey && secretKey && rest.length === 0 ? { apiKey, secretKey } : undefined;
}

async function askForSecret(): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new WrongUsage(
      'The secret is missing, and there is no terminal to ask at: give --key a file with the pair, or set KEYGRANT_SECRET_KEY.',
    );
  }
  process.stderr.write('Secret Key (Private), not shown: ');
  // readline echoes to its output; this one swallows it.
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input: process.stdin, output, terminal: true });
  const stopped = new AbortController();
  prompt.once('SIGINT', () => stopped.abort());
  try {
    const secret = (await prompt.question('', { signal: stopped.signal })).trim();
    if (!secret) throw new WrongUsage('Without the secret nothing can be signed.');
    return secret;
  } catch (error) {
    throw error instanceof WrongUsage ? error : new WrongUsage('Stopped; nothing was sent.');
  } finally {
    prompt.close();
    process.stderr.write('\n');
  }
}
