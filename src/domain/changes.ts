import type { ApplicationContent } from './application.ts';

/** One field that is different now. */
export interface Change {
  field: keyof Compared;
  before: Compared[keyof Compared];
  after: Compared[keyof Compared];
}

type Compared = Omit<ApplicationContent, 'kind' | 'keyId'>;

const fields = [
  'clientId',
  'keyName',
  'description',
  'effectiveOn',
  'expiresOn',
  'quota',
  'apiIds',
] as const satisfies (keyof Compared)[];

/** What is different between two contents, in the order of the form; of what `before` does not have nothing is said. */
export function changesBetween(before: Partial<Compared>, after: Compared): Change[] {
  return fields.flatMap((field) => {
    const was = before[field];
    return was === undefined || textOf(was) === textOf(after[field])
      ? []
      : [{ field, before: was, after: after[field] }];
  });
}

function textOf(value: unknown): string {
  return JSON.stringify(Array.isArray(value) ? value.map(String).toSorted() : value);
}
