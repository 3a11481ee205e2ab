import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { Config } from '../config.ts';
import type { ChangeFeed } from '../db/changes.ts';
import type { Database } from '../db/database.ts';
import type { TimelineFeed } from '../db/timeline-feed.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { ApiMetrics } from '../metrics/api.ts';
import type { ApplicationProcesses } from '../temporal/applications.ts';
import type { KeyProcesses } from '../temporal/keys.ts';
import type { Tracing } from '../tracing/tracing.ts';

/** What the API's resources work with; the server wires it up once. */
export interface Context {
  config: Pick<
    Config,
    | 'mode'
    | 'publicUrl'
    | 'timeZone'
    | 'masterKeys'
    | 'rateLimitPerMinute'
    | 'trustedProxies'
    | 'oidc'
    | 'console'
    | 'session'
    | 'firstAdmin'
    | 'delivery'
    | 'deliveryDelayMs'
    | 'revealExpiresAfterMs'
    | 'retiredAuditKeys'
    | 'mail'
    | 'temporal'
    | 'webhooks'
    | 'gateway'
    | 'keyLife'
    | 'cachedKeys'
  >;
  db: Database;
  mailer: Mailer;
  applications: ApplicationProcesses;
  keys: KeyProcesses;
  /** Whether the process is about to end; never, where nobody says so. */
  isStopping?: () => boolean;
  timelines: TimelineFeed;
  /** Where the built console is; undefined: it is not served. */
  consoleFolder?: string;
  /** Vouches for what is cached; without it nothing is. */
  changes?: ChangeFeed | undefined;
  /** undefined where nobody asks for them. */
  metrics?: ApiMetrics | undefined;
  tracing?: Pick<Tracing, 'http'> | undefined;
}

/** Fastify with TypeBox: the schema of a route is the type of its request. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;
