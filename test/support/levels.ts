import type { Level } from '../../src/domain/levels.ts';

/** A level that one of the given people decides. */
export function levelOf(change: Partial<Level> = {}, ...people: readonly string[]): Level {
  return {
    name: 'Level',
    reviewers: { people, roles: [] },
    approvals: 1,
    denials: 1,
    commentRequired: false,
    remindAfterHours: null,
    escalateAfterHours: null,
    escalateTo: { people: [], roles: [] },
    lapseAfterHours: null,
    denyAfterHours: null,
    skipWhen: [],
    ...change,
  };
}
