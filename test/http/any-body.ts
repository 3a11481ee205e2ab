import * as fc from 'fast-check';
import type { Schema } from './wrong-values.ts';

/** Bodies in which each field is sound, missing, or any JSON at all. */
export function anyBody(schema: Schema | undefined, soundBody: Record<string, unknown> | undefined) {
  const text = fc.string({
    unit: fc.oneof(fc.constantFrom('a', '0', '-', '\u0000', '\ud800', '%'), fc.string()),
  });
  const anything = fc.oneof(fc.jsonValue({ stringUnit: 'binary' }), text, fc.double(), fc.integer());
  const fields = Object.keys(schema?.properties ?? {}).map((name) => {
    const usual = fc.constant(soundBody?.[name]);
    return [name, fc.oneof({ weight: 2, arbitrary: usual }, anything)] as const;
  });
  return fc.oneof(
    { weight: 4, arbitrary: fc.record(Object.fromEntries(fields), { requiredKeys: [] }) },
    anything,
  );
}
