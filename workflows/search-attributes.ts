import { defineSearchAttributeKey } from '@temporalio/common';

// What operators can search by in Temporal's UI. Never encrypted, so no personal data.

/** A state of src/domain/application-states.ts. */
export const stateAttribute = defineSearchAttributeKey('KeygrantState', 'KEYWORD');
/** The open level, from 1; absent outside the review. */
export const levelAttribute = defineSearchAttributeKey('KeygrantLevel', 'INT');
/** What a running application waits for: see `WaitsFor` in activities/position.ts. */
export const waitsForAttribute = defineSearchAttributeKey('KeygrantWaitsFor', 'KEYWORD');
/** When that is due: the reminder, the lapse, or the credentials' mail. Absent where nothing is due. */
export const dueAttribute = defineSearchAttributeKey('KeygrantDueAt', 'DATETIME');
export const clientAttribute = defineSearchAttributeKey('KeygrantClient', 'KEYWORD');

export const searchAttributes = [
  stateAttribute,
  levelAttribute,
  waitsForAttribute,
  dueAttribute,
  clientAttribute,
];
