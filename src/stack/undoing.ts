/** What is to be put right again, even where it is cut short. */
export class Undoing {
  readonly #open = new Set<() => Promise<unknown>>();

  /** Does something while a change lasts; the change is undone whatever comes. */
  async during<T>(
    change: () => Promise<unknown>,
    undo: () => Promise<unknown>,
    act: () => Promise<T>,
  ): Promise<T> {
    this.#open.add(undo);
    try {
      await change();
      return await act();
    } finally {
      if (this.#open.delete(undo)) await undo();
    }
  }

  /** Undoes all that lasts still; for whoever is about to end. */
  async all(): Promise<void> {
    const undos = [...this.#open];
    this.#open.clear();
    for (const undo of undos) await undo();
  }
}
