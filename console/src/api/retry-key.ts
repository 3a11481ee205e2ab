/** An Idempotency-Key: with it, what is sent again because no answer came is done once. */
export function retryKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
