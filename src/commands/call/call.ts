import { STATUS_CODES } from 'node:http';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Dispatcher, getGlobalDispatcher } from 'undici';
import { readCallConfig } from '../../config.ts';
import type { Environment } from '../../settings.ts';
import { signCall } from '../../signing/explained.ts';
import { findPair } from './pair.ts';
import { noAnswerOf } from './refused.ts';
import { usage } from './usage.ts';
import { readBody, readWords, type Words } from './words.ts';
import { WrongUsage } from './wrong-usage.ts';

/** How it ended, as `call --help` explains. */
const exits = { passed: 0, otherAnswer: 1, refused: 3, noAnswer: 4 } as const;

/**
 * Signs a call, sends it through the gateway once, and prints the API's answer; or why there is none.
 * @returns the exit code
 * @throws WrongUsage before anything was sent
 */
export async function call(env: Environment, args: readonly string[]): Promise<number> {
  if (args.some((word) => word === '--help' || word === '-h')) {
    console.log(usage);
    return exits.passed;
  }
  const config = readCallConfig(env);
  const words = readWords(args, config.gatewayUrl);
  const { gateway, method, target, scheme, isVerbose } = words;
  if (gateway === undefined) {
    throw new WrongUsage('Where is the gateway? --gateway URL; or start Keygrant here with `npm start`.');
  }
  const pair = await findPair(words.key, config);
  const body = await readBody(words.data);
  const { headers: signature, base } = await signCall({ method, target, body }, pair, scheme);
  const headers = { ...typeOf(words), ...words.headers, ...signature };
  if (isVerbose) {
    printMarked('>', [`${method} ${target} HTTP/1.1`, `host: ${new URL(gateway).host}`, ...linesOf(headers)]);
    printMarked('*', [`signed (${scheme}):`, ...base.split('\n')]);
  }
  let answer: Dispatcher.ResponseData;
  try {
    // The target as it was signed: `fetch` would tidy it up.
    answer = await getGlobalDispatcher().request({
      origin: gateway,
      path: target,
      method,
      headers,
      ...(body.length > 0 ? { body } : {}),
    });
  } catch (error) {
    console.error(`${gateway} was not reached, or did not answer: ${(error as Error).message}`);
    return exits.noAnswer;
  }
  return tell(answer, isVerbose);
}

async function tell(answer: Dispatcher.ResponseData, isVerbose: boolean): Promise<number> {
  const { statusCode: status, headers, body } = answer;
  const said = `${status} ${STATUS_CODES[status] ?? ''}`.trim();
  if (isVerbose) printMarked('<', [`HTTP/1.1 ${said}`, ...linesOf(headers)]);
  if (String(headers['content-type']).startsWith('application/problem+json')) {
    const text = await body.text();
    const none = noAnswerOf(String(headers['content-type']), text);
    if (none) {
      if (isVerbose) printMarked('<', ['', ...text.split('\n')]);
      console.error(`${none.isRefused ? 'Refused' : 'No answer'} (${said}), ${none.words}`);
      return none.isRefused ? exits.refused : exits.noAnswer;
    }
    process.stdout.write(text);
  } else if (!(await printed(body))) return exits.noAnswer;
  if (status >= 200 && status < 300) return exits.passed;
  console.error(`The call passed; the API answered ${said}.`);
  return exits.otherAnswer;
}

/** Whether the whole body came. */
async function printed(body: Dispatcher.ResponseData['body']): Promise<boolean> {
  // Told to whoever writes, too; without a listener it would end the process.
  if (process.stdout.listenerCount('error') === 0) process.stdout.on('error', () => undefined);
  const out = new Writable({ write: (chunk: Buffer, _encoding, done) => process.stdout.write(chunk, done) });
  try {
    await pipeline(body, out);
    return true;
  } catch (error) {
    // Whoever reads has seen enough: `| head`.
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return true;
    console.error(`The answer broke off: ${(error as Error).message}`);
    return false;
  }
}

const typeOf = ({ data }: Words): Record<string, string> =>
  data === undefined ? {} : { 'content-type': 'application/json' };

const linesOf = (headers: Readonly<Record<string, string | string[] | undefined>>) =>
  Object.entries(headers).flatMap(([name, value]) => [value ?? []].flat().map((each) => `${name}: ${each}`));

function printMarked(mark: string, lines: readonly string[]): void {
  for (const line of lines) console.error(`${mark} ${line}`.trimEnd());
}
