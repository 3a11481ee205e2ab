import { randomBytes } from 'node:crypto';
import { readConfig } from '../../src/config.ts';

/** A master key as `openssl rand -base64 32` makes one. */
export const masterKey = () => randomBytes(32).toString('base64');
/** As little as production needs. */
export const production = {
  PUBLIC_URL: 'https://keys.example.com',
  DATABASE_URL: 'postgres://service:db-secret@db.example.com/keygrant',
  MASTER_KEYS: `1:${masterKey()}`,
  OIDC_ISSUER: 'https://login.example.com',
  OIDC_AUDIENCE: 'urn:keygrant:api',
  SMTP_URL: 'smtps://mailer:smtp-secret@mail.example.com',
  MAIL_FROM: 'Keygrant <keys@example.com>',
};
/** As little as development needs. */
export const development = {
  KEYGRANT_MODE: 'development',
  DATABASE_URL: 'postgres://service@127.0.0.1/keygrant',
  OIDC_ISSUER: 'http://127.0.0.1:3001',
  OIDC_AUDIENCE: 'urn:keygrant:api',
};
export type Settings = Record<string, string | undefined>;

/** Everything that is found wrong, a line each. */
export function faults(env: Settings, read: (env: Settings) => unknown = readConfig): string[] {
  try {
    read(env);
    return [];
  } catch (error) {
    return String(error)
      .split('\n')
      .slice(1)
      .map((line) => line.replace('  - ', ''));
  }
}
