import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';

/** A secret to sign deliveries with: 256 random bits, written as Standard Webhooks has it. */
export function newWebhookSecret(): string {
  return prefix + randomBytes(32).toString('base64');
}

/**
 * The headers that tell a receiver who sent a message, and when (Standard Webhooks 1.0.0, "Signature scheme").
 * @param secrets one signature for each: while a secret is being replaced, receivers may know either
 * @param at the time of this attempt
 */
export function signatureHeaders(secrets: readonly string[], id: string, at: Date, body: string) {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`, 'utf8').digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
