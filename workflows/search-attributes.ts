import { defineSearchAttributeKey } from '@temporalio/common';

// What operators can search by in Temporal's UI. Never encrypted, so no personal data.

/** A state of src/domain/application-states.ts. */
export const stateAttribute = defineSearchAttributeKey('KeygrantState', 'KEYWORD');
/** The open level, from 1; absent outside the review. */
export const levelAttribute = defineSearchAttributeKey('KeygrantLevel', 'INT');
export const clientAttribute = defineSearchAttributeKey('KeygrantClient', 'KEYWORD');

export const searchAttributes = [stateAttribute, levelAttribute, clientAttribute];
