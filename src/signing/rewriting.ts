const encoder = new TextEncoder();

/**
 * A copy of some bytes with places exchanged, in the order in which they come. As long as nothing is exchanged nothing
 * is copied, so that a body that is canonical already costs no memory.
 */
export class Rewriting {
  readonly #input: Uint8Array;
  #output: Uint8Array | undefined;
  #length = 0;
  /** Up to where the input has been dealt with. */
  #done = 0;

  constructor(input: Uint8Array) {
    this.#input = input;
  }

  /** Leaves the bytes from `from` up to, not including, `to` out. */
  skip(from: number, to: number): void {
    this.#copyUpTo(from);
    this.#done = to;
  }

  /** Puts ASCII, or any text, in the place of the bytes from `from` up to, not including, `to`. */
  replace(from: number, to: number, text: string): void {
    this.#copyUpTo(from);
    this.#done = to;
    this.#reserve(text.length * 3);
    const output = this.#output as Uint8Array;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code >= 0x80) {
        this.#length += encoder.encodeInto(text.slice(at), output.subarray(this.#length)).written;
        return;
      }
      output[this.#length++] = code;
    }
  }

  end(): Uint8Array {
    if (this.#done === 0) return this.#input;
    this.#copyUpTo(this.#input.length);
    return (this.#output as Uint8Array).subarray(0, this.#length);
  }

  #copyUpTo(end: number): void {
    const count = end - this.#done;
    this.#reserve(count);
    const output = this.#output as Uint8Array;
    // Between two gaps there are mostly a few bytes: too few to be worth a call of `set`.
    if (count > 32) output.set(this.#input.subarray(this.#done, end), this.#length);
    else
      for (let at = 0; at < count; at++) output[this.#length + at] = this.#input[this.#done + at] as number;
    this.#length += count;
  }

  /** Doubling keeps the whole linear: numbers can come out longer than they went in. */
  #reserve(count: number): void {
    const needed = this.#length + count;
    const old = this.#output;
    if (old && needed <= old.length) return;
    this.#output = new Uint8Array(Math.max(2 * needed, this.#input.length));
    if (old) this.#output.set(old.subarray(0, this.#length));
  }
}
