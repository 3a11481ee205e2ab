import { type Logger, pino } from 'pino';

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
    redact: { paths: ['req.headers', '*.authorization', '*.secretKey', '*.signature'], censor: '[redacted]' },
  });
}
