import { loadClientConnectConfig } from '@temporalio/envconfig';
import { type MasterKeys, parseMasterKeys } from './crypto/master-keys.ts';
import { isTimeZone } from './domain/dates.ts';
import { parseDuration } from './domain/durations.ts';
import { isOneLine } from './domain/text.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** All settings of the running service; README.md describes each. */
export type Config = ReturnType<typeof readConfig>;

/** The master key of the embedded stack. It is public, so production refuses it. */
export const developmentMasterKey = `1:${Buffer.from('keygrant development master key!').toString('base64')}`;

/** Thrown with every wrong setting at once: what it is, what it must be. Values are not repeated: some are secret. */
export class ConfigError extends Error {
  constructor(faults: readonly string[]) {
    super(`Keygrant cannot start with these settings:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Reads and checks the settings; this file is the only one that knows the environment's names. */
export function readConfig(env: Environment) {
  const faults: string[] = [];
  const text = (name: string, fallback?: string): string => {
    const value = env[name]?.trim() || fallback;
    if (value === undefined) faults.push(`${name} is missing`);
    return value ?? '';
  };
  const parsed = <T>(
    name: string,
    value: string,
    parse: (value: string) => T | undefined,
    must: string,
  ): T => {
    let result: T | undefined;
    try {
      result = value === '' ? undefined : parse(value);
    } catch (error) {
      faults.push(`${name}: ${(error as Error).message}`);
      return undefined as T;
    }
    if (result === undefined && value !== '') faults.push(`${name} must be ${must}`);
    return result as T;
  };
  const url = (name: string, protocols: readonly string[], fallback?: string) =>
    parsed(
      name,
      text(name, fallback),
      (value) => (URL.canParse(value) && protocols.includes(new URL(value).protocol) ? value : undefined),
      `a URL beginning with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    );
  const count = (name: string, fallback: string, most: number) =>
    parsed(
      name,
      text(name, fallback),
      (value) => (/^\d{1,9}$/.test(value) && Number(value) <= most ? Number(value) : undefined),
      `a whole number from 0 to ${most}`,
    );

  const mode = parsed(
    'KEYGRANT_MODE',
    text('KEYGRANT_MODE', 'production'),
    (value) => (value === 'production' || value === 'development' ? value : undefined),
    'production or development',
  );
  const masterKeysText = text('MASTER_KEYS', mode === 'development' ? developmentMasterKey : undefined);
  const smtpUrl = env['SMTP_URL']?.trim() ? url('SMTP_URL', ['smtp:', 'smtps:']) : undefined;
  const config = {
    mode,
    host: text('HOST', mode === 'development' ? '127.0.0.1' : '0.0.0.0'),
    port: count('PORT', '3000', 65_535),
    publicUrl: url(
      'PUBLIC_URL',
      ['https:', 'http:'],
      mode === 'development' ? 'http://127.0.0.1:3000' : undefined,
    ),
    logLevel: parsed(
      'LOG_LEVEL',
      text('LOG_LEVEL', 'info'),
      (value) => ['fatal', 'error', 'warn', 'info', 'debug', 'silent'].find((level) => level === value),
      'fatal, error, warn, info, debug or silent',
    ),
    databaseUrl: url('DATABASE_URL', ['postgres:', 'postgresql:']),
    masterKeys: parsed<MasterKeys>('MASTER_KEYS', masterKeysText, parseMasterKeys, ''),
    timeZone: parsed(
      'TIME_ZONE',
      text('TIME_ZONE', 'UTC'),
      (value) => (isTimeZone(value) ? value : undefined),
      'an IANA time zone such as Asia/Taipei',
    ),
    deliveryDelayMs: parsed(
      'DELIVERY_DELAY',
      text('DELIVERY_DELAY', '10m'),
      parseDuration,
      'a duration such as 10m or 90s',
    ),
    rateLimitPerMinute: count('RATE_LIMIT', '600', 1_000_000),
    /** How many proxies stand in front and may say whom they speak for. */
    trustedProxies: count('TRUSTED_PROXIES', '0', 10),
    oidc: {
      issuer: url('OIDC_ISSUER', ['https:', 'http:']),
      audience: text('OIDC_AUDIENCE'),
      clientId: text('OIDC_CLIENT_ID', 'keygrant'),
    },
    /** The subject who is an admin before anybody has registered one. */
    firstAdmin: env['FIRST_ADMIN']?.trim() || undefined,
    mail: {
      /** undefined: no mail, and so no submissions. */
      smtpUrl,
      from: text('MAIL_FROM', 'Keygrant <keygrant@localhost>'),
      brand: parsed(
        'MAIL_BRAND',
        text('MAIL_BRAND', 'digiRunner'),
        (value) => (isOneLine(value) ? value : undefined),
        'text on one line',
      ),
    },
    temporal: {
      ...temporalConnection(env, faults),
      taskQueue: text('TEMPORAL_TASK_QUEUE', 'keygrant'),
      /** A workflow bundle made by `npm run build`; without it the worker bundles at its start. */
      workflowBundle: env['WORKFLOW_BUNDLE']?.trim() || undefined,
    },
  };
  if (mode !== 'development') faults.push(...unsafe(config, masterKeysText));
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

/** What is refused outside development, each with the way out. */
function unsafe(
  config: {
    mail: { smtpUrl: string | undefined; from: string };
    oidc: { issuer: string };
    publicUrl: string;
  },
  masterKeysText: string,
) {
  const faults: string[] = [];
  const { smtpUrl, from } = config.mail;
  if (masterKeysText.includes(developmentMasterKey.slice(2))) {
    faults.push(
      'MASTER_KEYS holds the development key, which is public: make one with `openssl rand -base64 32`',
    );
  }
  if (
    smtpUrl !== undefined &&
    new URL(smtpUrl).protocol === 'smtp:' &&
    new URL(smtpUrl).searchParams.get('requireTLS') !== 'true'
  ) {
    faults.push(
      'SMTP_URL must use TLS, since the mail holds the secret: smtps://…, or smtp://…?requireTLS=true',
    );
  }
  if (from.endsWith('@localhost>')) faults.push('MAIL_FROM is missing: Name <address@your.domain>');
  for (const [name, value] of [
    ['OIDC_ISSUER', config.oidc.issuer],
    ['PUBLIC_URL', config.publicUrl],
  ] as const) {
    if (value?.startsWith('http:')) faults.push(`${name} must begin with https://`);
  }
  return faults;
}

/** Temporal's own variables (TEMPORAL_ADDRESS, _NAMESPACE, _API_KEY, _TLS_…) as every Temporal tool reads them. */
function temporalConnection(env: Environment, faults: string[]) {
  try {
    const overrideEnvVars = Object.fromEntries(
      Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    const { connectionOptions, namespace } = loadClientConnectConfig({ disableFile: true, overrideEnvVars });
    return {
      address: connectionOptions.address ?? '127.0.0.1:7233',
      namespace: namespace ?? 'default',
      tls: connectionOptions.tls,
      apiKey: connectionOptions.apiKey,
      metadata: connectionOptions.metadata,
    };
  } catch (error) {
    faults.push(`TEMPORAL_…: ${(error as Error).message}`);
    return { address: '', namespace: '', tls: undefined, apiKey: undefined, metadata: undefined };
  }
}

/** The two logins that a migration needs. */
export function readMigrationConfig(env: Environment) {
  const names = { ownerUrl: 'MIGRATION_DATABASE_URL', serviceUrl: 'DATABASE_URL' } as const;
  const faults = Object.values(names).flatMap((name) =>
    URL.canParse(env[name] ?? '') ? [] : [`${name} must be a URL beginning with postgres://`],
  );
  if (faults.length > 0) throw new ConfigError(faults);
  return { ownerUrl: String(env[names.ownerUrl]), serviceUrl: String(env[names.serviceUrl]) };
}

/** Where downloaded and built servers are kept between clones, by the XDG Base Directory Specification. */
export function cacheFolder(env: Environment, home: string): string {
  return `${env['XDG_CACHE_HOME']?.trim() || `${home}/.cache`}/keygrant`;
}

/** The ports of the embedded stack, each with the setting that moves it. */
const stackPorts = {
  PORT: 3000,
  TEMPORAL_PORT: 7233,
  TEMPORAL_UI_PORT: 8233,
  POSTGRES_PORT: 5433,
  SMTP_PORT: 1025,
  MAIL_UI_PORT: 1080,
  IDENTITY_PORT: 3001,
} as const;

/** The settings of `npm start`; whatever else is set is handed on to the server and the worker. */
export function readStackConfig(env: Environment, home: string) {
  const faults: string[] = [];
  const ports = Object.fromEntries(
    Object.entries(stackPorts).map(([setting, port]) => {
      const text = env[setting]?.trim() || String(port);
      if (!/^\d{1,5}$/.test(text) || Number(text) < 1 || Number(text) > 65_535) {
        faults.push(`${setting} must be a port, a whole number from 1 to 65535`);
      }
      return [setting, Number(text)];
    }),
  ) as Record<keyof typeof stackPorts, number>;
  if (faults.length > 0) throw new ConfigError(faults);
  return {
    ports,
    dataFolder: env['KEYGRANT_DATA']?.trim() || '.keygrant',
    cacheFolder: cacheFolder(env, home),
    path: env['PATH'] ?? '',
    /** A Temporal server that runs already; no other is started then. */
    temporalAddress: env['TEMPORAL_ADDRESS']?.trim() || undefined,
  };
}
