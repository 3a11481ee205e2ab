import cors from '@fastify/cors';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { appendAudit } from '../db/audit.ts';
import { KeygrantError } from '../domain/errors.ts';
import { isAdmin, seesEverything } from '../domain/people.ts';
import { codecOf } from '../temporal/connection.ts';
import { eventFrom } from './audit-events.ts';
import { authenticate, callerOf } from './auth.ts';
import type { App, Context } from './context.ts';
import { problemResponses } from './schemas.ts';

const Base64 = Type.String({
  pattern: '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$',
  description: 'base64',
});
/** As Protocol Buffers write a payload as JSON. */
const PayloadView = Type.Object(
  { metadata: Type.Optional(Type.Record(Type.String(), Base64)), data: Type.Optional(Base64) },
  { additionalProperties: false },
);
const Payloads = Type.Object(
  { payloads: Type.Array(PayloadView, { maxItems: 1000 }) },
  { additionalProperties: false },
);

/** The most that Temporal takes as one payload, as base64, and as much again for others beside it. */
const bodyLimit = 6 * 1024 * 1024;

/** Whoever reads histories is on record, once in this time: a page of Temporal's UI asks for each payload by itself. */
const auditedForMs = 60 * 60_000;

/**
 * The codec server of Temporal's UI and CLI (their `--codec-endpoint`): shows what histories hold to those who may see
 * everything anyway. The routes are Temporal's protocol, not ours, so they are not under /v1.
 */
export async function codecRoutes(app: App, context: Context): Promise<void> {
  const { db, config } = context;
  const { uiOrigins } = config.temporal;
  const codec = codecOf(config.temporal);
  const audited = new Map<string, number>();

  // Before the authentication: browsers ask beforehand without a token.
  await app.register(cors, {
    origin: uiOrigins,
    methods: ['POST'],
    allowedHeaders: ['Content-Type', 'Authorization', 'Authorization-Extras', 'X-Namespace'],
    credentials: true,
    maxAge: 3600,
  });
  authenticate(app, context, { unless: isDevelopersUi });

  const options = {
    bodyLimit,
    // Its own count: one page of the UI asks some sixty times.
    config: { rateLimit: { max: config.rateLimitPerMinute * 10, timeWindow: '1 minute' } },
  };
  const schema = {
    tags: ['Operations'],
    body: Payloads,
    response: { 200: Payloads, ...problemResponses },
  };

  app.post(
    '/decode',
    {
      ...options,
      schema: {
        operationId: 'decodePayloads',
        ...schema,
        summary: 'Decrypt payloads of workflows for Temporal’s UI and CLI; what cannot be stays as it is',
      },
    },
    async (request) => {
      if (!isDevelopersUi(request)) {
        if (!seesEverything(callerOf(request).person)) {
          throw new KeygrantError('forbidden', {
            en: 'This needs the role admin or auditor.',
            'zh-TW': '需要 admin 或 auditor 角色。',
          });
        }
        await noteReader(request);
      }
      return { payloads: request.body.payloads.map(fromView).map(codec.decodeWhatCanBe).map(toView) };
    },
  );

  app.post(
    '/encode',
    {
      ...options,
      schema: {
        operationId: 'encodePayloads',
        ...schema,
        summary: 'Encrypt payloads that Temporal’s UI or CLI is about to send',
      },
    },
    async (request) => {
      if (!isDevelopersUi(request) && !isAdmin(callerOf(request).person)) {
        throw new KeygrantError('forbidden', {
          en: 'This needs the role admin.',
          'zh-TW': '需要 admin 角色。',
        });
      }
      const payloads = await codec.payloadCodec.encode(request.body.payloads.map(fromView));
      return { payloads: payloads.map(toView) };
    },
  );

  /**
   * The embedded stack's UI has no sign-in, so it has no token to pass on. Everything else of that stack is as open on
   * this machine, and to this machine alone; the origin keeps out other pages in the developer's browser.
   */
  function isDevelopersUi({ headers, socket }: FastifyRequest): boolean {
    return (
      config.mode === 'development' &&
      headers.authorization === undefined &&
      /^(?:::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '') &&
      uiOrigins.includes(headers.origin ?? '')
    );
  }

  async function noteReader(request: FastifyRequest): Promise<void> {
    const { id } = callerOf(request).person;
    const now = Date.now();
    if (now - (audited.get(id) ?? 0) < auditedForMs) return;
    const event = eventFrom(request, 'history.decoded', {
      type: 'namespace',
      id: config.temporal.namespace,
    });
    await db.transaction(async (tx) => appendAudit(tx, event));
    audited.set(id, now);
  }
}

type View = { metadata?: Record<string, string>; data?: string };
interface Payload {
  metadata?: Record<string, Uint8Array> | null;
  data?: Uint8Array | null;
}

function fromView({ metadata = {}, data = '' }: View): Payload {
  const entries = Object.entries(metadata).map(
    ([key, value]) => [key, Buffer.from(value, 'base64')] as const,
  );
  return { metadata: Object.fromEntries(entries), data: Buffer.from(data, 'base64') };
}

function toView({ metadata, data }: Payload): View {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const entries = Object.entries(metadata ?? {}).map(([key, value]) => [key, text(value)] as const);
  return { metadata: Object.fromEntries(entries), data: text(data ?? new Uint8Array()) };
}
