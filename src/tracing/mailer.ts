import { SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import type { Mailer } from '../mail/mailer.ts';

/** A span for every attempt to send a mail. The server's answer stays out of it: it may name addresses. */
export function traceMailer(mailer: Mailer, tracer: Tracer): Mailer {
  return {
    ...mailer,
    send: (message, cancelled) =>
      tracer.startActiveSpan('SMTP send', { kind: SpanKind.CLIENT }, async (span) => {
        try {
          const sending = await mailer.send(message, cancelled);
          span.setAttribute('keygrant.mail.recipients', message.to.length);
          span.setAttribute('keygrant.mail.accepted', sending.accepted.length);
          if (sending.accepted.length < message.to.length) span.setStatus({ code: SpanStatusCode.ERROR });
          return sending;
        } finally {
          span.end();
        }
      }),
  };
}
