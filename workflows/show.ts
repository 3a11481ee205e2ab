import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { Position } from '../activities/position.ts';
import { dueAttribute, levelAttribute, stateAttribute, waitsForAttribute } from './search-attributes.ts';

/** Shows operators where an application stands: in words on its page, and as attributes that they can search by. */
export function show(next: Position, previous?: Position): void {
  setCurrentDetails(next.words);
  // Each change is an event in the history.
  const told = (['state', 'level', 'waitsFor', 'dueAt'] as const).every(
    (fact) => previous !== undefined && next[fact] === previous[fact],
  );
  if (told) return;
  upsertSearchAttributes([
    { key: stateAttribute, value: next.state },
    { key: levelAttribute, value: next.level },
    { key: waitsForAttribute, value: next.waitsFor ?? null },
    { key: dueAttribute, value: next.dueAt ? new Date(next.dueAt) : null },
  ]);
}
