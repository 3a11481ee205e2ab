import { createHmac } from 'node:crypto';
import { newKeyPair } from '../../src/crypto/secrets.ts';
import { canonicalBody } from '../../src/signing/canonical-body.ts';
import { bodyOf } from './requests.ts';

// Canonicalising and signing bodies, beside signing their bytes alone.

/** Microseconds of each, a value for each round. */
export interface Signed {
  name: string;
  bytes: number;
  hmac: number[];
  both: number[];
}

const secretKey = Buffer.from(newKeyPair().secretKey);
const hmac = (bytes: Uint8Array) => createHmac('sha256', secretKey).update(bytes).digest();

function microseconds(ms: number, work: () => unknown): number {
  const begun = performance.now();
  let count = 0;
  while (performance.now() - begun < ms) {
    for (let each = 0; each < 20; each += 1) work();
    count += 20;
  }
  return ((performance.now() - begun) * 1_000) / count;
}

function measure(rounds: number, ms: number): Signed[] {
  const bodies = [1024, 65_536].flatMap((size) => {
    const compact = bodyOf(size);
    const spaced = JSON.stringify(JSON.parse(bodyOf(size * 0.62)), null, 2);
    return [
      { name: `${size / 1024} KB, without white space`, body: Buffer.from(compact) },
      { name: `${size / 1024} KB, indented`, body: Buffer.from(spaced) },
    ];
  });
  const results = bodies.map(({ name, body }) => ({
    name,
    bytes: body.length,
    hmac: [] as number[],
    both: [] as number[],
  }));
  for (let round = -1; round < rounds; round += 1) {
    for (const [at, { body }] of bodies.entries()) {
      const alone = microseconds(ms, () => hmac(body));
      const both = microseconds(ms, () => hmac(canonicalBody(body)));
      // The first round warms up.
      if (round < 0) continue;
      results[at]?.hmac.push(alone);
      results[at]?.both.push(both);
    }
  }
  return results;
}

const [rounds, ms] = process.argv.slice(2).map(Number);
process.send?.(measure(rounds ?? 3, ms ?? 300));
