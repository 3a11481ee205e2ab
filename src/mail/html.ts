const characters: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** HTML that is safe to show: made by {@link html}, and by nothing else. */
export class SafeHtml {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** What can stand in a template: text, which is escaped, or HTML that is safe already, alone or several. */
export type Fragment = string | SafeHtml | readonly Fragment[];

/**
 * A template for HTML: what is written between the braces is escaped, so that forgetting to do so is not possible.
 * Attribute values must stand in quotes.
 */
export function html(strings: TemplateStringsArray, ...values: Fragment[]): SafeHtml {
  return new SafeHtml(strings.map((string, at) => string + render(values[at] ?? '')).join(''));
}

function render(value: Fragment): string {
  if (value instanceof SafeHtml) return value.toString();
  if (typeof value === 'string')
    return value.replaceAll(/[&<>"']/g, (character) => characters[character] ?? '');
  return value.map(render).join('');
}
