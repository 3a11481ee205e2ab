import { createHash, timingSafeEqual } from 'node:crypto';
import { type Dictionary, isInnerList, parseDictionary, serializeInnerList } from 'structured-headers';
import type { Words } from '../domain/languages.ts';
import { type Component, signatureBase, targetComponents } from '../signing/signature-base.ts';

/** The header fields that HTTP Message Signatures travel in; undefined where a call has none. */
export interface SignatureFields {
  'signature-input'?: string | undefined;
  signature?: string | undefined;
  'content-digest'?: string | undefined;
}

/** What a signed message says of its signature. */
export interface MessageSignature {
  apiKey: string;
  /** Seconds since 1970. */
  created: number;
  /** The same, where the signer set an end of its own. */
  expires: number | undefined;
  nonce: string;
  /** What was signed, as this service sees the call. */
  base: string;
  signature: Buffer;
}

/** How far a signature's time may be from ours, in seconds; its nonce is kept for at least twice as long. */
export const windowSeconds = 300;

/** What cannot be read, in words for the person who wrote the client. */
export class SignatureFault extends Error {
  readonly words: Words;

  constructor(words: Words) {
    super(words.en);
    this.words = words;
  }
}

/** Nobody needs more; longer ones would only fill the table of nonces. */
const nonceForm = /^[!-~]{16,128}$/;
const keyForm = /^[A-Za-z0-9+/]{1,100}={0,2}$/;

/**
 * Reads an HTTP Message Signature (RFC 9421) and makes its base from the call. Covered must be the method, the path with the
 * query (`@path` and `@query`, or `@request-target`), and, where there is a body, `content-digest`.
 * @throws SignatureFault
 */
export function readMessageSignature(
  call: { method: string; target: string; hasBody: boolean },
  fields: SignatureFields,
): MessageSignature {
  const [label, [covered, parameters]] = chosen(dictionary('Signature-Input', fields['signature-input']));
  const signature = dictionary('Signature', fields.signature).get(label)?.[0];
  if (!(signature instanceof ArrayBuffer)) {
    throw new SignatureFault({
      en: `Signature has no byte sequence labelled ${label}, as Signature-Input has.`,
      'zh-TW': `Signature 沒有與 Signature-Input 相同標籤 ${label} 的位元組序列。`,
    });
  }
  const text = (name: string, form: RegExp, must: Words) => {
    const value = parameters.get(name);
    if (typeof value === 'string' && form.test(value)) return value;
    throw new SignatureFault({
      en: `Signature-Input needs the parameter ${name}: ${must.en}.`,
      'zh-TW': `Signature-Input 需要參數 ${name}：${must['zh-TW']}。`,
    });
  };
  const created = parameters.get('created');
  if (typeof created !== 'number' || !Number.isInteger(created)) {
    throw new SignatureFault({
      en: 'Signature-Input needs the parameter created: seconds since 1970.',
      'zh-TW': 'Signature-Input 需要參數 created：自 1970 年起的秒數。',
    });
  }
  const expires = parameters.get('expires');
  if (expires !== undefined && typeof expires !== 'number') {
    throw new SignatureFault({
      en: 'The parameter expires must be seconds since 1970.',
      'zh-TW': '參數 expires 必須是自 1970 年起的秒數。',
    });
  }
  const algorithm = parameters.get('alg') ?? 'hmac-sha256';
  if (algorithm !== 'hmac-sha256')
    throw new SignatureFault({
      en: 'The parameter alg must be "hmac-sha256".',
      'zh-TW': '參數 alg 必須是 "hmac-sha256"。',
    });

  const known: Record<string, string | undefined> = {
    '@method': call.method,
    '@request-target': call.target,
    ...targetComponents(call.target),
    'content-digest': fields['content-digest']?.trim(),
  };
  const components = covered.map(([name, options]): Component => {
    const value = typeof name === 'string' && Object.hasOwn(known, name) ? known[name] : undefined;
    if (typeof name === 'string' && value !== undefined && options.size === 0) return [name, value];
    throw new SignatureFault({
      en: 'Signature-Input may cover "@method", "@path", "@query", "@request-target" and a "content-digest" that is sent.',
      'zh-TW':
        'Signature-Input 可以涵蓋 "@method"、"@path"、"@query"、"@request-target"，以及有送出的 "content-digest"。',
    });
  });
  const names = new Set(components.map(([name]) => name));
  const hasTarget = names.has('@request-target') || (names.has('@path') && names.has('@query'));
  if (names.size < components.length || !names.has('@method') || !hasTarget) {
    throw new SignatureFault({
      en: 'Signature-Input must cover "@method", "@path" and "@query", each once.',
      'zh-TW': 'Signature-Input 必須涵蓋 "@method"、"@path" 與 "@query"，各一次。',
    });
  }
  if (call.hasBody && !names.has('content-digest')) {
    throw new SignatureFault({
      en: 'The call has a body, so Signature-Input must cover "content-digest".',
      'zh-TW': '呼叫有內容，因此 Signature-Input 必須涵蓋 "content-digest"。',
    });
  }
  return {
    apiKey: text('keyid', keyForm, { en: 'the API key', 'zh-TW': 'API 金鑰' }),
    nonce: text('nonce', nonceForm, {
      en: '16 to 128 visible ASCII characters, never used before',
      'zh-TW': '16 到 128 個可見的 ASCII 字元，且未曾使用過',
    }),
    created,
    expires,
    base: signatureBase(components, serializeInnerList([covered, parameters])),
    signature: Buffer.from(signature),
  };
}

/**
 * Whether every digest that is named and known here (RFC 9530, section 2) is that of the body, and one is. A field that cannot
 * be read names none.
 */
export function isDigestOf(field: string, body: Uint8Array | string): boolean {
  const known = [...(parsed(field) ?? [])].filter(([name]) => /^sha-(?:256|512)$/.test(name));
  return (
    known.length > 0 &&
    known.every(([name, [digest]]) => {
      const right = createHash(name.replace('-', '')).update(body).digest();
      const given = digest instanceof ArrayBuffer ? Buffer.from(digest) : Buffer.alloc(0);
      return given.length === right.length && timingSafeEqual(given, right);
    })
  );
}

/** Labels mean nothing (RFC 9421, section 4): of several signatures ours is tagged, a single one need not be. */
function chosen(inputs: Dictionary) {
  const lists = [...inputs].flatMap(([label, member]) =>
    isInnerList(member) ? [[label, member] as const] : [],
  );
  const [found, another] =
    lists.length === 1 ? lists : lists.filter(([, [, p]]) => p.get('tag') === 'keygrant');
  if (found && !another) return found;
  throw new SignatureFault({
    en: 'Signature-Input must hold one signature, or one whose parameter tag is "keygrant".',
    'zh-TW': 'Signature-Input 必須只有一個簽章，或有一個簽章的參數 tag 為 "keygrant"。',
  });
}

function dictionary(name: string, field: string | undefined): Dictionary {
  const members = parsed(field ?? '');
  if (members) return members;
  throw new SignatureFault({
    en: `${name} is not a dictionary of structured fields (RFC 9651).`,
    'zh-TW': `${name} 不是結構化欄位的字典（RFC 9651）。`,
  });
}

function parsed(field: string): Dictionary | undefined {
  try {
    return parseDictionary(field);
  } catch {
    return undefined;
  }
}
