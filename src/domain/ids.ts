/** What ids begin with, so that every id says what it names wherever it is read. */
export const idPrefixes = {
  application: 'app',
  keyAct: 'act',
  decision: 'dec',
  key: 'key',
  mail: 'mail',
  delegation: 'del',
  webhook: 'hook',
  webhookSecret: 'hsec',
  webhookEvent: 'evt',
} as const;

export const keyIdPattern = '^key_[0-9a-z]{20}$';

/** A pattern for ids that admins choose, for clients, APIs and flows: `acme`, `orders-read`. */
export const slugPattern = '^[a-z0-9]+(?:-[a-z0-9]+)*$';

/**
 * A pattern for the ids of people: whatever an OpenID Connect issuer puts into `sub`, in visible ASCII. Not what the
 * audit trail calls the service itself, and whom it does not know.
 */
export const personIdPattern = '^(?!(?:keygrant|unknown)$)[!-~]{1,255}$';

/** The id of the workflow that follows the delivery of an application's key. */
export function deliveryId(applicationId: string): string {
  return `delivery-${applicationId}`;
}

/** The id of the workflow of a key. */
export function keyWorkflowId(keyId: string): string {
  return `key/${keyId}`;
}
