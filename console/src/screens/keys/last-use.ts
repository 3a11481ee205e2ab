import type { Schemas } from '../../api/client.ts';

/** When a call last passed, by whichever scheme it was signed. */
export function lastUseOf({ dgrk, message }: Schemas['Key']['lastUse']): string | undefined {
  return [dgrk, message]
    .filter((at) => at !== null)
    .toSorted()
    .at(-1);
}
