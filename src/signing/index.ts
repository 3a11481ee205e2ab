// What callers of signed APIs import as `keygrant/signing`: in Node, browsers and at the edge, since it needs nothing but
// WebCrypto and TextEncoder. Keygrant itself verifies with the same code.
export { canonicalBody } from './canonical-body.ts';
export { type DgrkPair, dgrkAuthorization } from './dgrk.ts';
export { type SignableRequest, type SigningOptions, signMessage } from './message.ts';
