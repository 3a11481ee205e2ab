import { expect, test } from 'vitest';
import { readConfig, readStackConfig } from '../src/config.ts';
import { development, faults, masterKey, production } from './support/settings.ts';

test('without a mode it is production, and production needs nothing but what only its operator can know', () => {
  expect(readConfig(production)).toMatchObject({
    mode: 'production',
    host: '0.0.0.0',
    port: 3000,
    logLevel: 'info',
  });
  expect(faults({})).toEqual([
    'MASTER_KEYS is missing',
    'PUBLIC_URL is missing',
    'DATABASE_URL is missing',
    'OIDC_ISSUER is missing',
    'OIDC_AUDIENCE is missing',
    'MAIL_FROM is missing: Name <address@your.domain>',
  ]);
});

test('defaults are those of the document, and of a service on its own', () => {
  expect(readConfig(development)).toMatchObject({
    mode: 'development',
    host: '127.0.0.1',
    timeZone: 'UTC',
    deliveryDelayMs: 600_000,
    rateLimitPerMinute: 600,
    trustedProxies: 0,
    firstAdmin: undefined,
    masterKeys: { current: 1 },
    mail: { smtpUrl: undefined, brand: 'digiRunner' },
    temporal: { address: '127.0.0.1:7233', namespace: 'default', taskQueue: 'keygrant', tls: undefined },
  });
});

test.each<[string, string]>([
  ['KEYGRANT_MODE', 'test'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '80a'],
  ['PUBLIC_URL', 'keys.example.com'],
  ['PUBLIC_URL', 'javascript:alert(1)'],
  ['LOG_LEVEL', 'loud'],
  ['DATABASE_URL', 'mysql://db.example.com'],
  ['MASTER_KEYS', 'secret'],
  ['MASTER_KEYS', '1:c2hvcnQ='],
  ['MASTER_KEYS', `0:${masterKey()}`],
  ['MASTER_KEYS', `1:${masterKey()},1:${masterKey()}`],
  ['MASTER_KEYS', `1:${masterKey()},`],
  ['TEMPORAL_CODEC_KEYS', 'secret'],
  ['TEMPORAL_CODEC', 'maybe'],
  ['TEMPORAL_UI_ORIGINS', 'https://temporal.example.com/'],
  ['TEMPORAL_UI_ORIGINS', 'https://temporal.example.com,*'],
  ['TEMPORAL_UI_URL', 'temporal.example.com'],
  ['METRICS_ADDRESS', '9464'],
  ['METRICS_ADDRESS', '127.0.0.1:65536'],
  ['WORKER_METRICS_ADDRESS', 'http://127.0.0.1:9464'],
  ['WORKER_BUILD_ID', 'a b'],
  ['WORKER_DEPLOYMENT_NAME', 'key.grant'],
  ['TIME_ZONE', 'Mars/Olympus'],
  ['DELIVERY_DELAY', '10'],
  ['DELIVERY_DELAY', '-10m'],
  ['RATE_LIMIT', 'many'],
  ['TRUSTED_PROXIES', '11'],
  ['OIDC_ISSUER', 'login.example.com'],
  ['SMTP_URL', 'mail.example.com'],
  ['MAIL_BRAND', 'two\nlines'],
])('%s=%j is refused by name', (name, value) => {
  const found = faults({ ...production, [name]: value });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(new RegExp(`^${name}(?: |:)`));
});

test('master keys: the highest version seals, every version opens', () => {
  const [older, newer] = [masterKey(), masterKey()];
  const { masterKeys } = readConfig({ ...production, MASTER_KEYS: ` 3:${older} , 12:${newer}` });
  expect(masterKeys.current).toBe(12);
  expect([3, 12].map((version) => masterKeys.byVersion.get(version)?.toString('base64'))).toEqual([
    older,
    newer,
  ]);
});

test('what Temporal keeps is under the master keys, unless it has keys of its own', () => {
  const { masterKeys, temporal } = readConfig(production);
  expect(temporal).toMatchObject({ codecKeys: masterKeys, encrypting: true, uiOrigins: [] });
  const own = `2:${masterKey()},1:${masterKey()}`;
  const other = readConfig({
    ...production,
    TEMPORAL_CODEC_KEYS: own,
    TEMPORAL_CODEC: 'off',
    TEMPORAL_UI_ORIGINS: 'https://temporal.example.com, http://127.0.0.1:8233',
  });
  expect(other.masterKeys).toEqual(masterKeys);
  expect(other.temporal).toMatchObject({
    codecKeys: { current: 2 },
    encrypting: false,
    uiOrigins: ['https://temporal.example.com', 'http://127.0.0.1:8233'],
  });
});

test('durations are read with their unit, and none at all is possible', () => {
  const delay = (text: string) => readConfig({ ...production, DELIVERY_DELAY: text }).deliveryDelayMs;
  expect(['0s', '90s', '10m', '2h', '1d', '500ms'].map(delay)).toEqual([
    0, 90_000, 600_000, 7_200_000, 86_400_000, 500,
  ]);
});

test("Temporal is found by the variables that Temporal's own tools read", () => {
  const { temporal } = readConfig({
    ...production,
    TEMPORAL_ADDRESS: 'temporal.example.com:7233',
    TEMPORAL_NAMESPACE: 'keys',
    TEMPORAL_API_KEY: 'k',
  });
  expect(temporal).toMatchObject({ address: 'temporal.example.com:7233', namespace: 'keys', apiKey: 'k' });
});

test('the ports of the stack are refused by the setting that moves them', () => {
  expect(
    faults({ SMTP_PORT: '0', TEMPORAL_PORT: '70000' }, (env) => readStackConfig(env, '/home/ada')),
  ).toEqual([
    'TEMPORAL_PORT must be a whole number from 1 to 65535',
    'SMTP_PORT must be a whole number from 1 to 65535',
  ]);
  expect(readStackConfig({}, '/home/ada').cacheFolder).toBe('/home/ada/.cache/keygrant');
});

test('addresses of metrics and where traces go are read as Prometheus and OpenTelemetry write them', () => {
  const traced = {
    ...development,
    METRICS_ADDRESS: '[::1]:9464',
    WORKER_METRICS_ADDRESS: '0.0.0.0:9465',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example.com:4318',
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20token, x-tenant=keys',
    OTEL_TRACES_SAMPLER_ARG: '0.25',
  };
  expect(readConfig(traced)).toMatchObject({
    metricsAddress: { host: '::1', port: 9464 },
    workerMetricsAddress: { host: '0.0.0.0', port: 9465 },
    tracing: {
      endpoint: 'https://collector.example.com:4318',
      headers: { authorization: 'Bearer token', 'x-tenant': 'keys' },
      attributes: {},
      ratio: 0.25,
    },
  });
  expect(readConfig(development)).toMatchObject({ metricsAddress: undefined, tracing: undefined });
  const wrong = { OTEL_EXPORTER_OTLP_HEADERS: 'secret-token', OTEL_TRACES_SAMPLER_ARG: '2' };
  const found = faults({ ...traced, ...wrong });
  expect(found).toEqual([
    'OTEL_EXPORTER_OTLP_HEADERS must be name=value, comma separated',
    'OTEL_TRACES_SAMPLER_ARG must be a share of all traces from 0 to 1, such as 0.1',
  ]);
});
