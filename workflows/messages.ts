import { defineSignal } from '@temporalio/workflow';
import type { SignedDecision } from '../src/domain/decision.ts';

/** A reviewer decides. Only what the API has signed counts; all else is recorded and changes nothing. */
export const decide = defineSignal<[SignedDecision]>('decide');
