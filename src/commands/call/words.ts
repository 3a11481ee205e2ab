import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { apiMethods } from '../../domain/apis.ts';
import { type Scheme, schemes } from '../../gateway/credentials.ts';
import { WrongUsage } from './wrong-usage.ts';

/** What the command line asks for. */
export interface Words {
  method: string;
  /** Path and query, as they are to be sent. */
  target: string;
  /** The gateway's origin; undefined where nothing says it. */
  gateway: string | undefined;
  key: string | undefined;
  data: string | undefined;
  /** Lower-case names. */
  headers: Record<string, string>;
  scheme: Scheme;
  isVerbose: boolean;
}

const options = {
  key: { type: 'string' },
  data: { type: 'string', short: 'd' },
  header: { type: 'string', short: 'H', multiple: true },
  scheme: { type: 'string', default: 'message' },
  gateway: { type: 'string' },
  verbose: { type: 'boolean', short: 'v', default: false },
  // Known, so that whoever tries them is told better.
  secret: { type: 'string' },
  'secret-key': { type: 'string' },
} as const;

/**
 * Reads the words after `call`.
 * @param gateway the default
 * @throws WrongUsage
 */
export function readWords(args: readonly string[], gateway: string | undefined): Words {
  const { values, positionals } = parse(args);
  if (values.secret !== undefined || values['secret-key'] !== undefined) {
    throw new WrongUsage(
      'The secret is never an argument: ps shows it, and shells keep it, so remove it from their history. Put the pair into a ' +
        'file for --key, or the secret into KEYGRANT_SECRET_KEY; without both it is asked for.',
    );
  }
  const [method = '', where = '', ...rest] = positionals;
  if (!where || rest.length > 0) {
    throw new WrongUsage('It takes a method and a target: call GET /orders --key FILE');
  }
  if (method === '*' || !apiMethods.some((known) => known === method.toUpperCase())) {
    throw new WrongUsage(`${method} is no method that goes through the gateway: GET, POST, PUT, …`);
  }
  const scheme = schemes.find((known) => known === values.scheme);
  if (!scheme) throw new WrongUsage(`--scheme is message or dgrk, not ${values.scheme}.`);
  return {
    method: method.toUpperCase(),
    ...placeOf(where, values.gateway ?? gateway),
    key: values.key,
    data: values.data,
    headers: headersOf(values.header ?? [], scheme),
    scheme,
    isVerbose: values.verbose,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : 'The options cannot be read.');
  }
}

/** The target as it will be sent, and the gateway, which a whole URL names, too. */
function placeOf(
  where: string,
  gateway: string | undefined,
): { target: string; gateway: string | undefined } {
  const [, origin = gateway, target = ''] = /^(https?:\/\/[^/?#]+)?(.*)$/is.exec(where) ?? [];
  const path = target.startsWith('/') || origin === gateway ? target : `/${target}`;
  if (!path.startsWith('/')) throw new WrongUsage(`A target begins with a slash: /${path}`);
  if (/[^\x21-\x7e]|["<>\\^`{|}#]/.test(path)) {
    const encoded = encodeURI(path).replaceAll('#', '%23').replaceAll('%25', '%');
    throw new WrongUsage(`A target is signed as it is sent, percent-encoded: '${encoded}'`);
  }
  if (origin === undefined) return { target: path, gateway: undefined };
  const url = URL.parse(origin);
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new WrongUsage(`--gateway is an http or https URL, such as https://api.example.com, not ${origin}`);
  }
  if (url.pathname !== '/' || url.search || url.username) {
    throw new WrongUsage(
      `--gateway is an address alone, ${url.origin}; what follows it belongs to the target.`,
    );
  }
  return { target: path, gateway: url.origin };
}

const ofTheSignature = ['signature', 'signature-input', 'content-digest'];
const ofTheConnection = ['host', 'content-length', 'transfer-encoding', 'connection', 'expect', 'upgrade'];

function headersOf(lines: readonly string[], scheme: Scheme): Record<string, string> {
  const taken = scheme === 'dgrk' ? ['authorization'] : ofTheSignature;
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const [, name = '', value = ''] =
      /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([\x20-\x7e\x80-\xff\t]*?)[ \t]*$/.exec(line) ?? [];
    if (!name) throw new WrongUsage(`--header is 'Name: value', not ${JSON.stringify(line)}`);
    const lower = name.toLowerCase();
    if (taken.includes(lower)) throw new WrongUsage(`${name} is made by signing; it cannot be given.`);
    if (ofTheConnection.includes(lower))
      throw new WrongUsage(`${name} is set by sending; it cannot be given.`);
    headers[lower] = lower in headers ? `${headers[lower]}, ${value}` : value;
  }
  return headers;
}

/**
 * The bytes of a body.
 * @param data text, `@` and a file's name, or `-` for standard input
 * @throws WrongUsage
 */
export async function readBody(data: string | undefined): Promise<Uint8Array> {
  if (data === undefined) return new Uint8Array();
  if (data === '-' || data === '@-') return buffer(process.stdin);
  if (!data.startsWith('@')) return Buffer.from(data);
  try {
    return await readFile(data.slice(1));
  } catch (error) {
    throw new WrongUsage(`--data ${data} cannot be read: ${error instanceof Error ? error.message : ''}`);
  }
}
