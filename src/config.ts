import { loadClientConnectConfig } from '@temporalio/envconfig';
import { parseVerifiers } from './crypto/checkpoint-keys.ts';
import { parseMasterKeys } from './crypto/master-keys.ts';
import { isTimeZone } from './domain/dates.ts';
import { parseDuration } from './domain/durations.ts';
import { languages } from './domain/languages.ts';
import { isOneLine } from './domain/text.ts';
import { type Environment, Settings } from './settings.ts';
import type { TracingSettings } from './tracing/tracing.ts';

// The only file that knows the names of the environment's variables. README.md describes each.

/** All settings of the running service. */
export type Config = ReturnType<typeof readConfig>;

/** A master key for trying things out. It is public, so production refuses it. */
const developmentMasterKey = Buffer.from('keygrant development master key!').toString('base64');

/** Reads and checks the settings of server and worker. */
export function readConfig(env: Environment) {
  const settings = new Settings(env);
  const mode = settings.choice('KEYGRANT_MODE', ['production', 'development'], 'production');
  const developing = mode === 'development';
  const masterKeys = settings.parsed(
    'MASTER_KEYS',
    parseMasterKeys,
    'versions with keys',
    developing ? `1:${developmentMasterKey}` : undefined,
  );
  const taskQueue = settings.text('TEMPORAL_TASK_QUEUE', 'keygrant');
  const config = {
    mode,
    host: settings.text('HOST', developing ? '127.0.0.1' : '0.0.0.0'),
    port: settings.count('PORT', 3000, 0, 65_535),
    publicUrl: settings.url(
      'PUBLIC_URL',
      ['https:', 'http:'],
      developing ? 'http://127.0.0.1:3000' : undefined,
    ),
    logLevel: settings.choice('LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'info'),
    databaseUrl: settings.url('DATABASE_URL', ['postgres:', 'postgresql:']),
    masterKeys,
    /** Public keys that checked checkpoints of the audit chain before their master keys went. */
    retiredAuditKeys:
      settings.optional('AUDIT_PUBLIC_KEYS') === undefined
        ? []
        : settings.parsed(
            'AUDIT_PUBLIC_KEYS',
            parseVerifiers,
            'public keys as `audit key` prints them, comma separated',
          ),
    /** What is done regularly. */
    regular: {
      /** 0 for never. */
      checkpointHours: settings.count('AUDIT_CHECKPOINT_HOURS', 6, 0, 8760),
      /** undefined for never. */
      retentionYears:
        settings.optional('RETENTION_YEARS') === undefined
          ? undefined
          : settings.count('RETENTION_YEARS', 0, 1, 100),
    },
    timeZone: settings.parsed(
      'TIME_ZONE',
      (value) => (isTimeZone(value) ? value : undefined),
      'an IANA time zone such as Asia/Taipei',
      'UTC',
    ),
    deliveryDelayMs: deliveryDelay(settings),
    /** Where the API shows its metrics, and where the worker does; undefined for nowhere. */
    metricsAddress: address(settings, 'METRICS_ADDRESS'),
    workerMetricsAddress: address(settings, 'WORKER_METRICS_ADDRESS'),
    /** Whether the mail of a new key holds its secret, or a link that shows it once. */
    delivery: settings.choice('DELIVERY', ['mail', 'link'], 'mail'),
    revealExpiresAfterMs: lasting(settings, 'REVEAL_EXPIRES_AFTER', '7d'),
    /** What is done about keys in use. */
    keyLife: {
      /** How long before a key's last day is over its holder is reminded. Milliseconds, longest first. */
      expiryRemindersMs: settings.parsed(
        'EXPIRY_REMINDERS',
        parseDurations,
        'durations such as 30d,7d,1d, each more than none, or none',
        '30d,7d,1d',
      ),
      /** At how many percent of its quota its holder is warned, highest first. */
      quotaWarnings: settings.parsed(
        'QUOTA_WARNINGS',
        parsePercents,
        'percents from 1 to 100 such as 80,95,100, or none',
        '80,95,100',
      ),
      /** The longest grace of a secret that was replaced. */
      longestGraceMs: settings.parsed(
        'ROTATION_GRACE_MAX',
        parseDuration,
        'a duration such as 30d or 12h',
        '30d',
      ),
    },
    /** undefined for no traces. */
    tracing: tracingSettings(settings),
    /** Where the worker says whether it takes work; undefined for nowhere. */
    workerHealthAddress: address(settings, 'WORKER_HEALTH_ADDRESS'),
    /** How long the API goes on answering after it has said that it is about to stop. */
    drainMs: settings.parsed(
      'DRAIN_TIME',
      parseDuration,
      'a duration such as 5s or 0s',
      developing ? '0s' : '5s',
    ),
    rateLimitPerMinute: settings.count('RATE_LIMIT', 600, 0, 1_000_000),
    /** How many proxies stand in front and may say whom they speak for. */
    trustedProxies: settings.count('TRUSTED_PROXIES', 0, 0, 10),
    oidc: {
      issuer: settings.url('OIDC_ISSUER', ['https:', 'http:']),
      audience: settings.text('OIDC_AUDIENCE'),
      clientId: settings.text('OIDC_CLIENT_ID', 'keygrant'),
    },
    /** The console as a client of the issuer. */
    console: {
      clientId: settings.text('CONSOLE_CLIENT_ID', settings.text('OIDC_CLIENT_ID', 'keygrant')),
      clientSecret: settings.optional('CONSOLE_CLIENT_SECRET'),
    },
    /** How long people stay signed in to the console: as NIST SP 800-63B-4 has it for AAL2, and half its day. */
    session: {
      idleMs: lasting(settings, 'SESSION_IDLE_TIME', '1h'),
      lifetimeMs: lasting(settings, 'SESSION_LIFETIME', '12h'),
    },
    /** The subject who is an admin before anybody has registered one. */
    firstAdmin: settings.optional('FIRST_ADMIN'),
    mail: {
      /** undefined: no mail, and so no submissions. */
      smtpUrl: settings.optional('SMTP_URL') && settings.url('SMTP_URL', ['smtp:', 'smtps:']),
      from: settings.text('MAIL_FROM', 'Keygrant <keygrant@localhost>'),
      brand: settings.parsed(
        'MAIL_BRAND',
        (value) => (isOneLine(value) ? value : undefined),
        'text on one line',
        'digiRunner',
      ),
      /** Of mails to people whose language is not known. */
      defaultLanguage: settings.choice('DEFAULT_LANGUAGE', languages, 'en'),
    },
    /** How many checked keys a process keeps; some 200 MB for each 100,000. */
    cachedKeys: settings.count('KEY_CACHE', 100_000, 0, 10_000_000),
    /** The built-in gateway. */
    gateway: {
      /** undefined: there is none. */
      address: address(settings, 'GATEWAY_ADDRESS'),
      /** Where people reach it; undefined: nobody is told. */
      url:
        settings.optional('GATEWAY_URL') === undefined
          ? undefined
          : settings.url('GATEWAY_URL', ['https:', 'http:']),
      /** Bodies are held until their signature is checked, so this is memory, too. */
      bodyLimit: settings.count('GATEWAY_BODY_LIMIT', 1024 * 1024, 1, 100 * 1024 * 1024),
      timeoutMs: settings.parsed('GATEWAY_TIMEOUT', parseDuration, 'a duration such as 30s or 2m', '30s'),
      privateHosts:
        settings.optional('GATEWAY_PRIVATE_HOSTS') === undefined
          ? []
          : settings.parsed(
              'GATEWAY_PRIVATE_HOSTS',
              parseHosts,
              'host names or suffixes such as api.corp.example,.lan.example',
            ),
    },
    /** Where deliveries to webhooks may go. */
    webhooks: {
      plain: developing,
      private: settings.choice('WEBHOOK_PRIVATE_ADDRESSES', ['refused', 'allowed'], 'refused') === 'allowed',
    },
    temporal: {
      ...temporalConnection(env, settings),
      taskQueue,
      /** What everything in Temporal is encrypted under; they live as long as histories, master keys as long as secrets. */
      codecKeys:
        settings.optional('TEMPORAL_CODEC_KEYS') === undefined
          ? masterKeys
          : settings.parsed('TEMPORAL_CODEC_KEYS', parseMasterKeys, 'versions with keys'),
      encrypting: settings.choice('TEMPORAL_CODEC', ['on', 'off'], 'on') === 'on',
      /** Where Temporal's UI is opened: its pages may ask to have payloads decoded. */
      uiOrigins:
        settings.optional('TEMPORAL_UI_ORIGINS') === undefined
          ? []
          : settings.parsed(
              'TEMPORAL_UI_ORIGINS',
              parseOrigins,
              'origins such as https://temporal.example.com',
            ),
      /** Where people see Temporal's UI; only links are made of it. */
      uiUrl: settings.optional('TEMPORAL_UI_URL') && settings.url('TEMPORAL_UI_URL', ['http:', 'https:']),
      /** Whose builds Temporal tells apart. */
      deploymentName: settings.parsed(
        'WORKER_DEPLOYMENT_NAME',
        (value) => (/^[\w-]{1,64}$/.test(value) ? value : undefined),
        'up to 64 letters, digits, hyphens and underscores',
        taskQueue,
      ),
      /** The build that a worker is, for rollouts that Temporal steers; undefined: all workers are alike. */
      buildId:
        settings.optional('WORKER_BUILD_ID') === undefined
          ? undefined
          : settings.parsed(
              'WORKER_BUILD_ID',
              (value) => (/^[\w.+-]{1,128}$/.test(value) ? value : undefined),
              'up to 128 letters, digits, dots, hyphens, underscores and plus signs',
            ),
      /** A workflow bundle made by `npm run build`; without it the worker bundles at its start. */
      workflowBundle: settings.optional('WORKFLOW_BUNDLE'),
    },
  };
  if (!developing) refuseUnsafe(settings, config, env);
  settings.check();
  return config;
}

/** What is refused outside development, each with the way out. */
function refuseUnsafe(
  settings: Settings,
  config: {
    mail: { smtpUrl: string | undefined; from: string };
    oidc: { issuer: string };
    publicUrl: string;
  },
  env: Environment,
): void {
  const { smtpUrl, from } = config.mail;
  for (const name of ['MASTER_KEYS', 'TEMPORAL_CODEC_KEYS']) {
    if (!env[name]?.includes(developmentMasterKey)) continue;
    settings.fault(
      `${name} holds the development key, which is public: make one with \`openssl rand -base64 32\``,
    );
  }
  const smtp = smtpUrl === undefined ? undefined : new URL(smtpUrl);
  if (smtp?.protocol === 'smtp:' && smtp.searchParams.get('requireTLS') !== 'true') {
    settings.fault(
      'SMTP_URL must use TLS, since the mail holds the secret: smtps://…, or smtp://…?requireTLS=true',
    );
  }
  if (smtp && [...smtp.searchParams.keys()].some((name) => /rejectUnauthorized|ignoreTLS/i.test(name))) {
    settings.fault(
      'SMTP_URL must not switch off TLS or the check of certificates: remove rejectUnauthorized and ignoreTLS',
    );
  }
  if (/@localhost>?$/.test(from)) settings.fault('MAIL_FROM is missing: Name <address@your.domain>');
  for (const [name, value] of [
    ['OIDC_ISSUER', config.oidc.issuer],
    ['PUBLIC_URL', config.publicUrl],
  ] as const) {
    if (value?.startsWith('http:')) settings.fault(`${name} must begin with https://`);
  }
}

/** Reads `http://127.0.0.1:8233,https://…` */
function parseOrigins(text: string): string[] | undefined {
  const origins = text.split(',').map((part) => part.trim());
  return origins.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin)
    ? origins
    : undefined;
}

/** By the names that every OpenTelemetry SDK reads. */
function tracingSettings(settings: Settings): TracingSettings | undefined {
  const name = 'OTEL_EXPORTER_OTLP_ENDPOINT';
  if (settings.optional(name) === undefined) return undefined;
  return {
    endpoint: settings.url(name, ['http:', 'https:']),
    headers: pairs('OTEL_EXPORTER_OTLP_HEADERS'),
    attributes: pairs('OTEL_RESOURCE_ATTRIBUTES'),
    ratio: settings.parsed(
      'OTEL_TRACES_SAMPLER_ARG',
      (value) => (/^(?:0(?:\.\d+)?|1(?:\.0+)?)$/.test(value) ? Number(value) : undefined),
      'a share of all traces from 0 to 1, such as 0.1',
      '1',
    ),
  };

  /** `name=value,name=value`, the values percent-encoded. */
  function pairs(of: string): Record<string, string> {
    if (settings.optional(of) === undefined) return {};
    const parse = (text: string) => {
      const found = text.split(',').map((pair) => /^\s*([\w.-]+)=([^,]*)$/.exec(pair));
      if (found.includes(null)) return undefined;
      return Object.fromEntries(
        found.map((match) => [match?.[1] ?? '', decodeURIComponent(match?.[2]?.trim() ?? '')]),
      );
    };
    return settings.parsed(of, parse, 'name=value, comma separated');
  }
}

/** Reads `30d,7d,1d` as milliseconds, longest first; `none` for nothing. */
function parseDurations(text: string): number[] | undefined {
  if (text === 'none') return [];
  const durations = text.split(',').map((part) => parseDuration(part) ?? 0);
  return durations.every((ms) => ms > 0) ? [...new Set(durations)].toSorted((a, b) => b - a) : undefined;
}

/** Reads `80,95,100`, highest first; `none` for nothing. */
function parsePercents(text: string): number[] | undefined {
  if (text === 'none') return [];
  const percents = text.split(',').map(Number);
  const fits = (percent: number) => Number.isInteger(percent) && percent >= 1 && percent <= 100;
  return percents.every(fits) ? [...new Set(percents)].toSorted((a, b) => b - a) : undefined;
}

/** Reads `orders.corp.example,.lan.example`. */
function parseHosts(text: string): string[] | undefined {
  const hosts = text.split(',').map((part) => part.trim().toLowerCase());
  return hosts.every((host) => /^\.?[a-z\d-]+(?:\.[a-z\d-]+)*$/.test(host)) ? hosts : undefined;
}

/** `127.0.0.1:9464`, `0.0.0.0:9464` or `[::1]:9464`. */
function address(settings: Settings, name: string): { host: string; port: number } | undefined {
  if (settings.optional(name) === undefined) return undefined;
  const parse = (value: string) => {
    const [, host = '', port = ''] = /^(\[[\d:a-f]+\]|[A-Za-z\d.-]+):(\d{1,5})$/.exec(value) ?? [];
    return host && Number(port) <= 65_535
      ? { host: host.replaceAll(/[[\]]/g, ''), port: Number(port) }
      : undefined;
  };
  return settings.parsed(name, parse, 'an address to listen at such as 127.0.0.1:9464');
}

/** A duration that is not none. */
function lasting(settings: Settings, name: string, fallback: string): number {
  const parse = (value: string) => parseDuration(value) || undefined;
  return settings.parsed(name, parse, 'a duration such as 7d or 12h, and more than none', fallback);
}

function deliveryDelay(settings: Settings): number {
  return settings.parsed('DELIVERY_DELAY', parseDuration, 'a duration such as 10m or 90s', '10m');
}

/** Temporal's own variables (TEMPORAL_ADDRESS, _NAMESPACE, _API_KEY, _TLS_…) as every Temporal tool reads them. */
function temporalConnection(env: Environment, settings: Settings) {
  try {
    const overrideEnvVars = Object.fromEntries(
      Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    const { connectionOptions, namespace } = loadClientConnectConfig({ disableFile: true, overrideEnvVars });
    const { address = '127.0.0.1:7233', tls, apiKey, metadata } = connectionOptions;
    return { address, namespace: namespace ?? 'default', tls, apiKey, metadata };
  } catch (error) {
    settings.fault(`TEMPORAL_…: ${error instanceof Error ? error.message : 'cannot be read'}`);
    return { address: '', namespace: '', tls: undefined, apiKey: undefined, metadata: undefined };
  }
}

/** The two logins that a migration needs. */
export function readMigrationConfig(env: Environment) {
  const settings = new Settings(env);
  const protocols = ['postgres:', 'postgresql:'];
  const ownerUrl = settings.url('MIGRATION_DATABASE_URL', protocols);
  const serviceUrl = settings.url('DATABASE_URL', protocols);
  settings.check();
  return { ownerUrl, serviceUrl };
}

/** Where downloaded and built servers are kept between clones, by the XDG Base Directory Specification. */
export function cacheFolder(env: Environment, home: string): string {
  return `${env['XDG_CACHE_HOME']?.trim() || `${home}/.cache`}/keygrant`;
}

/** What `keygrant call` takes from the environment: where the gateway is, and a pair that is not to be an argument. */
export function readCallConfig(env: Environment) {
  const settings = new Settings(env);
  return {
    gatewayUrl: settings.optional('KEYGRANT_GATEWAY'),
    apiKey: settings.optional('KEYGRANT_API_KEY'),
    secretKey: settings.optional('KEYGRANT_SECRET_KEY'),
  };
}

/** The settings of `npm start` and of the commands beside it. */
export function readStackConfig(env: Environment, home: string) {
  const settings = new Settings(env);
  const port = (name: string, fallback: number) => settings.count(name, fallback, 1, 65_535);
  const config = {
    /** Each by the setting that moves it. */
    ports: {
      PORT: port('PORT', 3000),
      IDENTITY_PORT: port('IDENTITY_PORT', 3001),
      GATEWAY_PORT: port('GATEWAY_PORT', 3003),
      SAMPLE_API_PORT: port('SAMPLE_API_PORT', 3004),
      POSTGRES_PORT: port('POSTGRES_PORT', 5433),
      TEMPORAL_PORT: port('TEMPORAL_PORT', 7233),
      TEMPORAL_UI_PORT: port('TEMPORAL_UI_PORT', 8233),
      SMTP_PORT: port('SMTP_PORT', 1025),
      MAIL_UI_PORT: port('MAIL_UI_PORT', 1080),
    },
    dataFolder: settings.text('KEYGRANT_DATA', '.keygrant'),
    cacheFolder: cacheFolder(env, home),
    path: settings.text('PATH', ''),
    /** A Temporal server that runs already; no other is started then. */
    temporalAddress: settings.optional('TEMPORAL_ADDRESS'),
    deliveryDelayMs: deliveryDelay(settings),
    /** Handed on to server and worker. */
    env: Object.fromEntries(
      Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
  };
  settings.check();
  return config;
}
