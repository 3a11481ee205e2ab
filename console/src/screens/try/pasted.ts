/** Lengths of the two halves of a pair, as digiRunner and Keygrant make them. */
const lengths = { apiKey: 56, secretKey: 88 };
export const secretLength = lengths.secretKey;

/** The pair in a pasted text, such as a whole mail; what it lacks is undefined. */
export function pairIn(text: string): { apiKey?: string; secretKey?: string } {
  const words = text.match(/[A-Za-z0-9+/]+={0,2}/g) ?? [];
  const ofLength = (length: number) => words.find((word) => word.length === length);
  return { apiKey: ofLength(lengths.apiKey), secretKey: ofLength(lengths.secretKey) };
}
