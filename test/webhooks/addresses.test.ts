import { expect, test } from 'vitest';
import { isPublicAddress } from '../../src/webhooks/addresses.ts';
import { addressesOf, type DestinationRules, faultOf } from '../../src/webhooks/destinations.ts';

const production: DestinationRules = { plain: false, private: false };

test.each([
  ['this machine', ['127.0.0.1', '127.255.255.254', '0.0.0.0', '0.1.2.3', '::1', '::']],
  ['private networks', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fdff::1']],
  ['link-local, with the metadata of clouds', ['169.254.169.254', 'fe80::1', 'fe80::1%eth0', 'febf::1']],
  ['shared by carriers', ['100.64.0.1', '100.127.255.255']],
  [
    'special, reserved, multicast, broadcast',
    [
      '192.0.0.8',
      '192.0.2.1',
      '198.18.0.1',
      '198.51.100.7',
      '203.0.113.9',
      '224.0.0.1',
      '240.0.0.1',
      '255.255.255.255',
      'ff02::1',
      '100::1',
      'fec0::1',
    ],
  ],
  [
    'IPv4 within IPv6: mapped',
    ['::ffff:127.0.0.1', '::ffff:7f00:1', '0:0:0:0:0:ffff:a00:1', '::ffff:169.254.169.254'],
  ],
  [
    'IPv4 within IPv6: compatible, translated, tunnelled',
    [
      '::127.0.0.1',
      '::ffff:0:127.0.0.1',
      '64:ff9b::7f00:1',
      '64:ff9b::10.0.0.1',
      '64:ff9b::a9fe:a9fe',
      '64:ff9b:1::a00:1',
      '2002:7f00:1::1',
      '2001:0:7f00:1::1',
    ],
  ],
  ['for documentation', ['2001:db8::1', '3fff::1', '5f00::1']],
  ['no address at all', ['', 'localhost', '1.2.3', '1.2.3.4.5', 'g::1']],
])('%s is not the public Internet', (_what, addresses) => {
  expect(addresses.filter(isPublicAddress)).toEqual([]);
});

test('public addresses are, in every spelling', () => {
  const addresses = [
    '1.1.1.1',
    '8.8.8.8',
    '100.63.255.255',
    '100.128.0.1',
    '172.15.255.255',
    '172.32.0.1',
    '192.0.1.1',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2a00:1450:4001::200e',
    '::ffff:8.8.8.8',
    '::ffff:808:808',
    '64:ff9b::8.8.8.8',
    '64:ff9b::808:808',
  ];
  expect(addresses.filter((address) => !isPublicAddress(address))).toEqual([]);
});

test.each([
  ['http://portal.example.com/', 'begin with https'],
  ['ftp://portal.example.com/', 'begin with https'],
  ['https://user@portal.example.com/', 'user name'],
  ['https://:secret@portal.example.com/', 'user name'],
  ['https://portal.example.com/#here', 'fragment'],
  ['portal.example.com', 'must be a URL'],
  // Every way to write an address that the URL standard knows.
  ...[
    '127.0.0.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.1',
    '0x7f.1',
    '127.0.0.1.',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::7f00:1]',
    '169.254.169.254',
    '%31%32%37.0.0.1',
    '１２７.0.0.1',
  ].map((host) => [`https://${host}/`, 'not on the public Internet']),
])('%s is refused as it stands', (url, why) => {
  expect(faultOf(url, production)?.en).toContain(why);
});

test('a name is refused when any of its addresses is not public, or it has none', async () => {
  const url = new URL('https://portal.example.com/');
  const resolving = (...addresses: string[]) =>
    addressesOf(url, production, async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  expect(await resolving('1.1.1.1', '2606:4700:4700::1111')).toHaveLength(2);
  for (const hidden of ['10.0.0.1', '::ffff:10.0.0.1', 'fe80::1', '100.64.0.1', '64:ff9b::a00:1']) {
    await expect(resolving('1.1.1.1', hidden)).rejects.toThrow('not on the public Internet');
  }
  await expect(resolving()).rejects.toThrow('no address');
  const missing = addressesOf(url, production, () => Promise.reject(new Error('ENOTFOUND 10.1.2.3')));
  await expect(missing).rejects.toThrow(/^Its host name was not found\.$/);
});

test('where private addresses are allowed by setting, they may be, but the form of the URL stays a rule', async () => {
  const inside: DestinationRules = { plain: false, private: true };
  expect(faultOf('https://10.0.0.1/', inside)).toBeUndefined();
  expect(faultOf('http://10.0.0.1/', inside)?.en).toContain('https');
  expect(await addressesOf(new URL('https://[::1]/'), inside)).toEqual([{ address: '::1', family: 6 }]);
});
