/** What a DGRK header says. */
export interface Credentials {
  apiKey: string;
  signature: string;
}

/**
 * As digiRunner reads it: the keyword in any case, then two parts with one point between. Both parts are base64, of which
 * ours have 56 and 44 characters; longer ones cannot be right, and nothing else can reach the database.
 */
const form = /^DGRK +([A-Za-z0-9+/]{1,100}={0,2})\.([A-Za-z0-9+/]{1,100}={0,2})$/i;

export function readCredentials(authorization: string | undefined): Credentials | undefined {
  const [, apiKey, signature] = form.exec(authorization ?? '') ?? [];
  return apiKey && signature ? { apiKey, signature } : undefined;
}
