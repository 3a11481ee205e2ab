/** The steps that the driver waits for, as its counterpart waits for answers of the API. */
export type Step = 'open-review' | 'record-1' | 'record-2';

export const activities = {
  /** Does nothing but tell the driver that it ran. */
  async act(id: string, step: string): Promise<void> {
    process.send?.({ id, step });
  },
};

export type Activities = typeof activities;
