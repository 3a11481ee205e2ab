/** The methods that an API can be registered for; `*` stands for any. */
export const apiMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', '*'] as const;

/**
 * A path pattern: `/orders`, `/orders/{id}` (one segment), `/orders/*` (everything below). Segments hold the
 * unreserved characters of RFC 3986, so that a pattern means one thing before and after percent-decoding.
 */
export const pathPattern = String.raw`^/(?:(?:[A-Za-z0-9._~-]+|\{[A-Za-z][A-Za-z0-9]*\})(?:/(?:[A-Za-z0-9._~-]+|\{[A-Za-z][A-Za-z0-9]*\}))*(?:/\*)?|\*)?$`;
