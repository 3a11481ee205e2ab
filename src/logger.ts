import { type Logger, pino, stdSerializers } from 'pino';

/** One line of JSON per event. Tokens and signatures never get in: headers are not logged, and these are cut anyway. */
export function createLogger(
  level: string,
  name: 'server' | 'worker',
  fields?: () => Record<string, string>,
): Logger {
  return pino({
    name,
    level,
    ...(fields ? { mixin: fields } : {}),
    // Temporal's SDK names it so, and pino knows errors by `err` alone.
    serializers: { error: stdSerializers.err },
    redact: { paths: ['req.headers', '*.authorization', '*.secretKey', '*.signature'], censor: '[redacted]' },
  });
}
