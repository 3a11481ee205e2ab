import { readFileSync } from 'node:fs';

/** A body as digiRunner signs it: made by the very call of Jackson (jackson-core 2.19.2) that it makes. */
export interface Vector {
  body: string;
  /** Whether Jackson could read it. */
  json: boolean;
  minified: string;
  apiKey: string;
  secretKey: string;
  signature: string;
}

export const vectors: readonly Vector[] = readFileSync(new URL('dgrk-vectors.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Vector);

export const authorizationOf = ({ apiKey, signature }: Vector) => `DGRK ${apiKey}.${signature}`;
