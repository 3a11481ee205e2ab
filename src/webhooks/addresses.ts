import { BlockList, isIP } from 'node:net';

// Which addresses are somebody's on the public Internet: the IANA special-purpose address registries (RFC 6890), read
// in November 2026. Of IPv6 only what is assigned for global unicast counts, less the parts that are special.

const special = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8], // this network
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // shared by carriers (RFC 6598)
  ['127.0.0.0', 8], // loopback
  ['169.254.0.0', 16], // link-local, and the metadata services of clouds
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments
  ['192.0.2.0', 24], // documentation
  ['192.88.99.0', 24], // relays of 6to4
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, and broadcast
] as const) {
  special.addSubnet(network, bits, 'ipv4');
}
for (const [network, bits] of [
  ['2001::', 23], // protocol assignments, Teredo among them, which holds an IPv4 address
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4, which holds an IPv4 address
  ['3fff::', 20], // documentation
] as const) {
  special.addSubnet(network, bits, 'ipv6');
}

const global = new BlockList();
global.addSubnet('2000::', 3, 'ipv6');

/** What ends in an IPv4 address and leads to it: mapped (RFC 4291) and by NAT64's well-known prefix (RFC 6052). */
const embedding = new BlockList();
embedding.addSubnet('::ffff:0:0', 96, 'ipv6');
embedding.addSubnet('64:ff9b::', 96, 'ipv6');

/** Whether an address, in any of its spellings, belongs to the public Internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !special.check(address, 'ipv4');
  if (family !== 6) return false;
  const bare = address.split('%')[0] ?? '';
  if (embedding.check(bare, 'ipv6')) return isPublicAddress(lastFourBytes(bare));
  return global.check(bare, 'ipv6') && !special.check(bare, 'ipv6');
}

/** The IPv4 address at the end of an IPv6 address, whether it is written with dots or in hex. */
function lastFourBytes(address: string): string {
  // The URL parser has one spelling for each address, which has no dots and ends in at most two groups.
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).split(':').slice(-2);
  return groups
    .map((group) => Number.parseInt(group || '0', 16))
    .flatMap((group) => [group >> 8, group & 255])
    .join('.');
}
