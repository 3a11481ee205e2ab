/** Something that does not go on by itself, and what to do about it: both in words. */
export interface Finding {
  /** Of the application, or of another workflow. */
  id: string;
  /** Without a full stop. */
  wrong: string;
  remedy: string;
}

/** How many ids a line names at most. */
const named = 10;

/** A line for each finding; what is wrong with many in the same way is one line. */
export function linesOf(findings: readonly Finding[]): string[] {
  const alike = new Map<string, Set<string>>();
  for (const { id, wrong, remedy } of findings) {
    const words = `${wrong}. ${remedy}`;
    alike.set(words, (alike.get(words) ?? new Set()).add(id));
  }
  return [...alike].map(([words, ids]) => {
    const more = ids.size > named ? ` and ${ids.size - named} more` : '';
    return `${[...ids].slice(0, named).join(', ')}${more}: ${words}`;
  });
}
