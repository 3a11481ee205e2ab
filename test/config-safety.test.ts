import { describe, expect, test } from 'vitest';
import { readConfig, readMigrationConfig } from '../src/config.ts';
import { development, faults, masterKey, production, type Settings } from './support/settings.ts';

const developmentKeys = readConfig(development).masterKeys.byVersion.get(1)?.toString('base64');
const unsafe: [string, Settings, string][] = [
  ['the public development key', { MASTER_KEYS: `2:${masterKey()},1:${developmentKeys}` }, 'MASTER_KEYS'],
  ['the same in Temporal', { TEMPORAL_CODEC_KEYS: `1:${developmentKeys}` }, 'TEMPORAL_CODEC_KEYS'],
  ['mail without TLS', { SMTP_URL: 'smtp://mail.example.com' }, 'SMTP_URL'],
  ['mail that need not use TLS', { SMTP_URL: 'smtp://mail.example.com?requireTLS=false' }, 'SMTP_URL'],
  ['tokens over http', { OIDC_ISSUER: 'http://login.example.com' }, 'OIDC_ISSUER'],
  ['a public address over http', { PUBLIC_URL: 'http://keys.example.com' }, 'PUBLIC_URL'],
  ['mail from nowhere', { MAIL_FROM: undefined }, 'MAIL_FROM'],
];

describe('outside development what is unsafe is refused', () => {
  test.each(unsafe)('%s', (_, change, name) => {
    const found = faults({ ...production, ...change });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(name);
    expect(faults({ ...development, ...change })).toEqual([]);
  });

  test('all of it at once', () => {
    const all = Object.assign({}, production, ...unsafe.map(([, change]) => change)) as Settings;
    expect(
      faults(all)
        .map((fault) => fault.split(' ')[0]?.replace(':', '') ?? '')
        .toSorted(),
    ).toEqual([...new Set(unsafe.map(([, , name]) => name))].toSorted());
  });

  test('STARTTLS that is required is safe, and so is no mail at all', () => {
    expect(faults({ ...production, SMTP_URL: 'smtp://mail.example.com:587?requireTLS=true' })).toEqual([]);
    expect(readConfig({ ...production, SMTP_URL: undefined }).mail.smtpUrl).toBeUndefined();
  });
});

test('no value gets into the message, whichever setting is wrong: it could be a secret in the wrong place', () => {
  const secret = 'hunter2-is-the-secret';
  const names = [
    ...Object.keys(production),
    'KEYGRANT_MODE',
    'PORT',
    'TIME_ZONE',
    'DELIVERY_DELAY',
    'LOG_LEVEL',
  ];
  const temporal = [
    'TEMPORAL_TLS',
    'TEMPORAL_TLS_CLIENT_KEY_DATA',
    'TEMPORAL_TLS_CLIENT_KEY_PATH',
    'TEMPORAL_API_KEY',
  ];
  const wrong = Object.fromEntries(
    [...names, ...temporal, 'MAIL_BRAND'].map((name) => [name, `${secret}\u0007${name}`]),
  );
  expect(faults(wrong).length).toBeGreaterThan(8);
  expect(faults(wrong).join('\n')).not.toContain(secret);
  expect(faults(wrong, readMigrationConfig).join('\n')).not.toContain(secret);
});
