import type { LookupAddress } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Words } from '../domain/languages.ts';
import { isPublicAddress } from './addresses.ts';

/** Where deliveries may go, by the settings. */
export interface DestinationRules {
  /** Plain HTTP, too. */
  plain: boolean;
  /** Addresses that are not on the public Internet, too: those of the own network, and of this machine. */
  private: boolean;
}

/** Finds the addresses of a name. */
export type Lookup = (hostname: string) => Promise<LookupAddress[]>;

const findAll: Lookup = (hostname) => systemLookup(hostname, { all: true, verbatim: true });

/** Why a delivery cannot go where it should, in words that hold nothing of what a name resolved to. */
export class DestinationError extends Error {
  readonly words: Words;

  constructor(words: Words) {
    super(words.en);
    this.words = words;
  }
}

/** What is wrong with the form of a URL; undefined when a delivery could go there. */
export function faultOf(url: string, rules: DestinationRules): Words | undefined {
  if (!URL.canParse(url))
    return {
      en: 'It must be a URL, such as https://portal.example.com/hooks.',
      'zh-TW': '必須是 URL，例如 https://portal.example.com/hooks。',
    };
  const { protocol, username, password, hash, hostname } = new URL(url);
  if (protocol !== 'https:' && !(rules.plain && protocol === 'http:'))
    return { en: 'It must begin with https://.', 'zh-TW': '必須以 https:// 開頭。' };
  if (username || password)
    return {
      en: 'It must not hold a user name or password; deliveries are signed.',
      'zh-TW': '不能包含使用者名稱或密碼；通知會另外簽章。',
    };
  if (hash)
    return {
      en: 'It must not have a fragment (#…), which would never be sent.',
      'zh-TW': '不能包含片段（#…），因為永遠不會送出。',
    };
  const literal = literalIn(hostname);
  if (literal && !rules.private && !isPublicAddress(literal)) return notPublic;
  return undefined;
}

const notPublic = {
  en: 'Its address is not on the public Internet.',
  'zh-TW': '其位址不在公開的網際網路上。',
};

/**
 * The addresses that a delivery may connect to. Every address that the name has must be allowed, and the connection is
 * made to one of these, not to what the name says a moment later (DNS rebinding).
 * @throws DestinationError
 */
export async function addressesOf(
  url: URL,
  rules: DestinationRules,
  lookup: Lookup = findAll,
): Promise<LookupAddress[]> {
  const fault = faultOf(url.href, rules);
  if (fault) throw new DestinationError(fault);
  const literal = literalIn(url.hostname);
  const found = literal
    ? [{ address: literal, family: isIP(literal) }]
    : await lookup(url.hostname).catch(() => {
        throw new DestinationError({ en: 'Its host name was not found.', 'zh-TW': '找不到這個主機名稱。' });
      });
  if (found.length === 0)
    throw new DestinationError({ en: 'Its host name has no address.', 'zh-TW': '這個主機名稱沒有位址。' });
  if (!rules.private && !found.every(({ address }) => isPublicAddress(address))) {
    throw new DestinationError(notPublic);
  }
  return found;
}

/** The address that a URL's host is, if it is one; brackets around IPv6 are the URL's. */
function literalIn(hostname: string): string | undefined {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return isIP(bare) ? bare : undefined;
}
