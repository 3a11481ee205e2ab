import type { LookupAddress } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
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
export class DestinationError extends Error {}

/** What is wrong with the form of a URL; undefined when a delivery could go there. */
export function faultOf(url: string, rules: DestinationRules): string | undefined {
  if (!URL.canParse(url)) return 'It must be a URL, such as https://portal.example.com/hooks.';
  const { protocol, username, password, hash, hostname } = new URL(url);
  if (protocol !== 'https:' && !(rules.plain && protocol === 'http:')) return 'It must begin with https://.';
  if (username || password) return 'It must not hold a user name or password; deliveries are signed.';
  if (hash) return 'It must not have a fragment (#…), which would never be sent.';
  const literal = literalIn(hostname);
  if (literal && !rules.private && !isPublicAddress(literal)) return notPublic;
  return undefined;
}

const notPublic = 'Its address is not on the public Internet.';

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
        throw new DestinationError('Its host name was not found.');
      });
  if (found.length === 0) throw new DestinationError('Its host name has no address.');
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
