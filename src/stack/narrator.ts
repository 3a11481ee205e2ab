import type { WriteStream } from 'node:tty';

/** Tells the demo's story: calm, and in colour only where somebody watches. */
export class Narrator {
  readonly #out: WriteStream | NodeJS.WriteStream;
  readonly #colours: boolean;
  #counting = false;

  constructor(out: NodeJS.WriteStream) {
    this.#out = out;
    this.#colours = out.isTTY;
  }

  title(text: string): void {
    this.#line(this.#in(1, text));
  }

  step(text: string): void {
    this.#line(`\n${this.#in(1, text)}`);
  }

  note(text: string): void {
    this.#line(`  ${text}`);
  }

  list(lines: readonly string[]): void {
    for (const line of lines) this.#line(`    - ${line}`);
  }

  /** One call of the API, so that the reader can make it, too. */
  call(person: string, method: string, path: string, body: object | undefined, status: number): void {
    const sent = body ? ` ${JSON.stringify(body)}` : '';
    this.#line(this.#in(2, `  ${person}> ${method} ${path}${sent}  → ${status}`));
  }

  /** Replaces itself on a terminal; elsewhere it is said once. */
  countdown(text: string): void {
    if (this.#out.isTTY) this.#out.write(`\r  ${text}   \u001b[K`);
    else if (!this.#counting) this.#out.write(`  ${text}\n`);
    this.#counting = true;
  }

  mail(text: string): void {
    this.#line(
      text
        .split('\n')
        .map((line) => `  | ${line}`)
        .join('\n'),
    );
  }

  #line(text: string): void {
    if (this.#counting && this.#out.isTTY) this.#out.write('\r\u001b[K');
    this.#counting = false;
    this.#out.write(`${text}\n`);
  }

  #in(code: number, text: string): string {
    return this.#colours ? `\u001b[${code}m${text}\u001b[0m` : text;
  }
}
