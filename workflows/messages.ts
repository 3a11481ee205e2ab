import { defineSignal } from '@temporalio/workflow';
import type { SignedDecision } from '../src/domain/decision.ts';

// What people decide. Only what the API has signed counts; all else is recorded and changes nothing.

/** A reviewer's verdict on the open level. */
export const decide = defineSignal<[SignedDecision]>('decide');
/** The applicant takes the application back, before the key is issued. */
export const withdraw = defineSignal<[SignedDecision]>('withdraw');
/** The credentials' mail is held back, released, or recalled with its key. */
export const hold = defineSignal<[SignedDecision]>('hold');
export const release = defineSignal<[SignedDecision]>('release');
export const recall = defineSignal<[SignedDecision]>('recall');

export const signals = { decide, withdraw, hold, release, recall };
