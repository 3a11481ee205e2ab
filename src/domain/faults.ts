/**
 * An error that only an operator can mend: what is wrong, and what to do about it. Both are shown in Temporal's UI and by
 * `keygrant stuck`, so they hold ids at most. Everything else that goes wrong has a code, or is a bug.
 */
export class Fault extends Error {
  /** What the operator does, as a sentence. */
  readonly remedy: string;

  constructor(wrong: string, remedy: string) {
    super(wrong);
    this.name = 'Fault';
    this.remedy = remedy;
  }
}

/** What a workflow works on is not in the database: only an older backup, or hands, can have done that. */
export function gone(what: string): Fault {
  return new Fault(
    `${what} is gone from the database`,
    'If PostgreSQL was restored to an older moment, restore a later one, or terminate this workflow and have the application submitted again.',
  );
}
