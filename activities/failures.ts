import { ApplicationFailure, type Context } from '@temporalio/activity';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';

/**
 * Lets no error of a library out of an activity: PostgreSQL's holds the statement's parameters, and Temporal keeps
 * failures for ever and shows them to everybody. Operators get what failed, that it is tried again, and where to look.
 */
export const activityFailures: ActivityInterceptorsFactory = (context: Context) => ({
  inbound: {
    async execute(input, next) {
      try {
        return await next(input);
      } catch (error) {
        if (error instanceof ApplicationFailure) throw error;
        const reason = reasonOf(error);
        context.log.warn('activity failed', { reason });
        throw ApplicationFailure.create({
          message: `${context.info.activityType} failed: ${reason}. It is tried again by itself; ${adviceFor(error)}.`,
          type: 'activity-failed',
        });
      }
    },
  },
});

/** Codes say what happened without quoting anybody's data; a message is let through only from our own throws. */
function reasonOf(error: unknown): string {
  const codes: string[] = [];
  let last: unknown = error;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') codes.push(cause.code);
    last = cause;
  }
  if (codes.length > 0) return codes.join(', ');
  // Only an error that nothing else threw through is ours, and ours hold ids at most.
  return error instanceof Error && last === error && error.name === 'Error'
    ? error.message
    : 'internal error';
}

function adviceFor(error: unknown): string {
  const reason = reasonOf(error);
  if (/ECONN|ENOTFOUND|CONNECT|^57P|^08/.test(reason))
    return 'look whether PostgreSQL is up and DATABASE_URL is right';
  if (/^(?:40|55)/.test(reason)) return 'another change held a lock; this needs no action unless it lasts';
  return "look at the worker's log of that time";
}
