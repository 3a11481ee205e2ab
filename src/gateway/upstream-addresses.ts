import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { BlockList, type LookupFunction } from 'node:net';
import { isPublicAddress } from '../webhooks/addresses.ts';

/** Finds the addresses of a name, as `dns.lookup` does with `all`. */
export type FindAddresses = (
  hostname: string,
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

const findAll: FindAddresses = (hostname, done) => systemLookup(hostname, { all: true }, done);

/** Suffixes that the public DNS does not have: RFC 6761, RFC 6762, RFC 8375, and `.internal` (ICANN, 2024). */
const privateSuffixes = ['.localhost', '.local', '.home.arpa', '.internal'];

/** Where clouds keep credentials of the machine; no name in a registry means this. */
const linkLocal = new BlockList();
linkLocal.addSubnet('169.254.0.0', 16, 'ipv4');
linkLocal.addSubnet('fe80::', 10, 'ipv6');
linkLocal.addSubnet('fd00:ec2::', 32, 'ipv6');

/**
 * Whether a name in the API registry means something in a private network: one without a point, such as a container's, one
 * under a suffix that nobody can own, or one that the settings list, whole or by `.suffix`.
 */
function namesPrivate(hostname: string, listed: readonly string[]): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  return (
    !name.includes('.') ||
    [...privateSuffixes, ...listed].some((each) =>
      each.startsWith('.') ? name.endsWith(each) : name === each,
    )
  );
}

/**
 * A lookup for connections to upstreams. A name that means the public Internet must not lead to an address that is not on
 * it, whoever controls its DNS; the connection goes to what was judged. Literal addresses never come here: a registry that
 * holds one means it.
 */
export function vettedLookup(listed: readonly string[], find: FindAddresses = findAll): LookupFunction {
  return (hostname, options, done) => {
    find(hostname, (error, addresses) => {
      if (error) return done(error, []);
      const mayBePrivate = namesPrivate(hostname, listed);
      const fits = ({ address, family }: LookupAddress) =>
        mayBePrivate ? !linkLocal.check(address, family === 6 ? 'ipv6' : 'ipv4') : isPublicAddress(address);
      const [first] = addresses;
      if (!first || !addresses.every(fits)) {
        return done(new Error(`${hostname} leads to an address that its name does not stand for`), []);
      }
      return options.all ? done(null, addresses) : done(null, first.address, first.family);
    });
  };
}
