import { isUnreadable } from '../src/domain/unreadable.ts';

/**
 * The input of a workflow, if this worker could read it. If not, its key is not here: an error that is no failure has
 * Temporal try the task again, here or at another worker, until the key is there.
 */
export function readable<T>(input: T): T {
  if (isUnreadable(input)) throw new Error('the input is encrypted under a key that this worker lacks');
  return input;
}
