import { defineSignal } from '@temporalio/workflow';
import type { SignedDecision } from '../src/domain/decision.ts';
import type { SignedSubmission } from '../src/domain/submission.ts';

/** What people decide. Only what the API has signed counts; all else is recorded and changes nothing. */
export const signals = {
  /** A reviewer's verdict on the open level. */
  decide: defineSignal<[SignedDecision]>('decide'),
  /** The applicant takes the application back, before the key is issued. */
  withdraw: defineSignal<[SignedDecision]>('withdraw'),
  /** The credentials' mail is held back, released, or recalled with its key. */
  hold: defineSignal<[SignedDecision]>('hold'),
  release: defineSignal<[SignedDecision]>('release'),
  recall: defineSignal<[SignedDecision]>('recall'),
  /** What is done about a delivery, to the workflow that follows it. */
  resend: defineSignal<[SignedDecision]>('resend'),
  'correct-address': defineSignal<[SignedDecision]>('correct-address'),
  'approve-address': defineSignal<[SignedDecision]>('approve-address'),
  'deny-address': defineSignal<[SignedDecision]>('deny-address'),
};

/** There is something new to look at: it carries nothing, and changes nothing by itself. */
export const wake = defineSignal('wake');

/** A submission while the run of the round before has not ended yet: that run is followed by the one for this. */
export const submit = defineSignal<[SignedSubmission]>('submit');
