import { ApplicationFailure, type Context } from '@temporalio/activity';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { Fault } from '../src/domain/faults.ts';

/**
 * Lets no error of a library out of an activity: PostgreSQL's holds the statement's parameters, and Temporal keeps
 * failures for ever and shows them to everybody. Operators get what failed, what to do, and that it is tried again.
 */
export const activityFailures: ActivityInterceptorsFactory = (context: Context) => ({
  inbound: {
    async execute(input, next) {
      try {
        return await next(input);
      } catch (error) {
        if (error instanceof ApplicationFailure) throw error;
        const { wrong, remedy, type } = meaningOf(error);
        context.log.warn('activity failed', { reason: wrong });
        throw failure(`${context.info.activityType} failed: ${wrong}`, remedy, type);
      }
    },
  },
});

/**
 * A failure as operators read it in Temporal's UI.
 * @param remedy one sentence or more
 * @param nextRetryDelay milliseconds until the next try; left out: as the workflow's retries have it
 */
export function failure(
  wrong: string,
  remedy: string,
  type: string,
  nextRetryDelay?: number,
): ApplicationFailure {
  const message = `${wrong}. ${remedy} It is tried again by itself.`;
  return ApplicationFailure.create({ message, type, nextRetryDelay });
}

interface Meaning {
  wrong: string;
  remedy: string;
  /** Of the failure, the same for the same remedy. */
  type: string;
}

/** What codes of PostgreSQL (SQLSTATE), of its driver and of the network mean; the first that fits. */
const codes: readonly (Meaning & { code: RegExp })[] = [
  {
    code: /^(?:ECONN|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|CONNECT|57P0|08|55000)/,
    type: 'database-unreachable',
    wrong: 'PostgreSQL does not answer',
    remedy: 'Look whether it is up, and whether DATABASE_URL of the worker names it.',
  },
  {
    code: /^(?:28|3D000)/,
    type: 'database-refused',
    wrong: 'PostgreSQL does not let the worker in',
    remedy: 'Look at user, password and database in DATABASE_URL of the worker.',
  },
  {
    code: /^(?:42P01|42703|42883|42501)$/,
    type: 'database-not-migrated',
    wrong: 'the tables are not those of this version',
    remedy: 'Run `npm run migrate` of the version that the worker runs.',
  },
  {
    code: /^53/,
    type: 'database-full',
    wrong: 'PostgreSQL has run out of connections, memory or disk',
    remedy:
      'Give it room: max_connections against the number of API and worker processes (ten each), and the disk.',
  },
  {
    code: /^(?:40|55P03|57014)/,
    type: 'database-busy',
    wrong: 'another change held a lock for too long',
    remedy: 'Nothing is to be done unless it lasts; then look at pg_stat_activity for what holds it.',
  },
  {
    code: /^25006$/,
    type: 'database-read-only',
    wrong: 'PostgreSQL takes no writes',
    remedy: 'DATABASE_URL of the worker must name the primary, not a standby.',
  },
  {
    code: /^23/,
    type: 'database-constraint',
    wrong: 'the database does not allow the change',
    remedy:
      'Two versions of the worker may disagree: run one, and the newest migration. Else report it with the worker’s log.',
  },
];

/** Codes say what happened without quoting anybody's data; a message is let through only from our own throws. */
function meaningOf(error: unknown): Meaning {
  if (error instanceof Fault) return { wrong: error.message, remedy: error.remedy, type: 'fault' };
  const found: string[] = [];
  let last: unknown = error;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof AggregateError) cause.errors.forEach((each) => found.push(...codeOf(each)));
    found.push(...codeOf(cause));
    last = cause;
  }
  for (const { code, ...meaning } of codes) {
    const fitting = found.find((each) => code.test(each));
    if (fitting !== undefined) return { ...meaning, wrong: `${meaning.wrong} (${fitting})` };
  }
  // Only an error that nothing else threw through is ours, and ours hold ids at most.
  const own = error instanceof Error && last === error && error.name === 'Error' && found.length === 0;
  return {
    wrong: own ? error.message : ['internal error', ...new Set(found)].join(' '),
    remedy: 'That is a mistake in Keygrant: report it with the worker’s log of that time.',
    type: 'internal',
  };
}

function codeOf(error: unknown): string[] {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? [error.code] : [];
}
