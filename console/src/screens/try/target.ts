/** What of a path pattern a call fills in: the names in braces, and `*` for what follows. */
export function parametersOf(pattern: string): string[] {
  return [...pattern.matchAll(/\{(\w+)\}|\*/g)].map(([whole, name]) => name ?? whole);
}

/**
 * The path and query of a call, percent-encoded as browsers send them. What is not filled in yet stays as the pattern has it.
 * @param query with or without its question mark
 */
export function targetOf(pattern: string, values: Readonly<Record<string, string>>, query: string): string {
  const path = pattern.replaceAll(/\{(\w+)\}|\*/g, (whole, name?: string) => {
    const value = values[name ?? whole]?.trim() ?? '';
    if (value === '') return whole;
    return name === undefined
      ? value.replace(/^\//, '').split('/').map(encodeURIComponent).join('/')
      : encodeURIComponent(value);
  });
  const asked = query.trim().replace(/^\?/, '');
  return asked === '' ? path : `${path}?${asked}`;
}

const withBody = new Set(['POST', 'PUT', 'PATCH']);

/** Whether calls of a method have a body here. */
export function hasBody(method: string): boolean {
  return withBody.has(method);
}

/** Whether a text is JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
