import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { Position } from '../activities/position.ts';
import { levelAttribute, stateAttribute } from './search-attributes.ts';

/** Shows operators where an application stands: in words on its page, and as attributes that they can search by. */
export function show(next: Position, previous?: Position): void {
  setCurrentDetails(next.words);
  if (next.state === previous?.state && next.level === previous.level) return;
  upsertSearchAttributes([
    { key: stateAttribute, value: next.state },
    { key: levelAttribute, value: next.level },
  ]);
}
