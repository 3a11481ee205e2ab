import { Type } from 'typebox';
import { newId } from '../crypto/ids.ts';
import { appendAudit } from '../db/audit.ts';
import { languages } from '../domain/languages.ts';
import { html } from '../mail/html.ts';
import { eventFrom } from './audit-events.ts';
import { callerWith } from './auth.ts';
import type { App, Context } from './context.ts';
import { named, nullable, problemResponses } from './schemas.ts';

const seconds = (description: string) => Type.Number({ description });

const SettingsView = named(
  'Settings',
  {
    mode: Type.Enum(['production', 'development']),
    publicUrl: Type.String(),
    timeZone: Type.String(),
    deliveryDelaySeconds: seconds('DELIVERY_DELAY: from the last approval to the mail'),
    delivery: Type.Enum(['mail', 'link'], { description: 'DELIVERY' }),
    linkLifetimeSeconds: seconds('REVEAL_EXPIRES_AFTER: how long a link to a secret works'),
    mail: Type.Object({
      server: nullable(Type.String({ description: 'host and port of SMTP_URL; null: no mail is sent' })),
      encrypted: Type.Boolean({ description: 'whether it is demanded that the connection be encrypted' }),
      from: Type.String(),
      brand: Type.String(),
      defaultLanguage: Type.Enum([...languages]),
    }),
    gatewayUrl: nullable(Type.String()),
    session: Type.Object({
      idleSeconds: seconds('SESSION_IDLE_TIME'),
      lifetimeSeconds: seconds('SESSION_LIFETIME'),
    }),
    temporal: Type.Object({ namespace: Type.String(), uiUrl: nullable(Type.String()) }),
  },
  { description: 'as the environment of this process has it; no secrets' },
);

const TestMail = named('TestMail', {
  to: Type.String(),
  accepted: Type.Boolean(),
  answer: Type.String({ description: 'the words of the SMTP server, or why there are none' }),
});

/** A server that says nothing for this long has not taken the mail, as far as its sender can wait. */
const patienceMs = 10_000;

/** How the service is set up, for admins: shown, since the environment says so; and tried, where mail is concerned. */
export function settingsRoutes(app: App, { db, config, mailer }: Context): void {
  const tags = ['Operations'];

  app.get(
    '/v1/settings',
    {
      schema: {
        operationId: 'readSettings',
        tags,
        summary: 'How this service is set up by its environment, without secrets',
        response: { 200: SettingsView, ...problemResponses },
      },
    },
    async (request) => {
      callerWith(request, 'admin');
      const { from, brand, defaultLanguage } = config.mail;
      return {
        mode: config.mode,
        publicUrl: config.publicUrl,
        timeZone: config.timeZone,
        deliveryDelaySeconds: config.deliveryDelayMs / 1000,
        delivery: config.delivery,
        linkLifetimeSeconds: config.revealExpiresAfterMs / 1000,
        mail: { ...serverOf(config.mail.smtpUrl), from, brand, defaultLanguage },
        gatewayUrl: config.gateway.url ?? null,
        session: {
          idleSeconds: config.session.idleMs / 1000,
          lifetimeSeconds: config.session.lifetimeMs / 1000,
        },
        temporal: { namespace: config.temporal.namespace, uiUrl: config.temporal.uiUrl || null },
      };
    },
  );

  app.post(
    '/v1/settings/test-mail',
    {
      config: { rateLimit: { max: 10, timeWindow: '1 minute' } },
      schema: {
        operationId: 'sendTestMail',
        tags,
        summary: 'Send a mail to yourself, and read what the SMTP server says',
        response: { 200: TestMail, ...problemResponses },
      },
    },
    async (request) => {
      const { email: to, id, name } = callerWith(request, 'admin').person;
      const text = `${name} asked for this mail, to see whether mail of ${config.publicUrl} gets through. It did.`;
      const { accepted, answer } = await mailer.send(
        {
          to: [to],
          messageId: `<test.${newId('mail')}@${mailer.domain}>`,
          subject: `【${config.mail.brand}】Test`,
          text,
          html: html`<!doctype html><html lang="en"><body><p>${text}</p></body></html>`.toString(),
        },
        AbortSignal.timeout(patienceMs),
      );
      const taken = accepted.length > 0;
      const event = eventFrom(request, 'settings.mail-tested', { type: 'person', id }, { accepted: taken });
      await db.transaction((tx) => appendAudit(tx, event));
      return { to, accepted: taken, answer };
    },
  );
}

function serverOf(smtpUrl: string | undefined) {
  if (!smtpUrl) return { server: null, encrypted: false };
  const { protocol, host, searchParams } = new URL(smtpUrl);
  return { server: host, encrypted: protocol === 'smtps:' || searchParams.get('requireTLS') === 'true' };
}
