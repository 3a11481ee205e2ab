/** A decision that one of our people meant to make; its comment is like no other, so that it can be found again. */
export interface Intent {
  applicationId: string;
  personId: string;
  act: string;
  comment: string;
}

/** What the API has answered with success, and so must not lose. */
export interface Accepted {
  applicationId: string;
  what: 'draft' | 'edit' | 'submission' | 'decision';
  /** Of a decision. */
  decisionId?: string;
  /** Whether the answer said that it is recorded, or only that it will be looked at. */
  recorded?: boolean;
  comment?: string;
  /** Which submission of the application, from 1. */
  round?: number;
}

/** What our people did and were told, to be held against what is there in the end. */
export class Ledger {
  readonly intents: Intent[] = [];
  readonly accepted: Accepted[] = [];
  /** Answers by status, for the report. */
  readonly answers = new Map<string, number>();
  /** What no application programmer would forgive: an answer that is none of ours. */
  readonly strange: string[] = [];

  count(what: string): void {
    this.answers.set(what, (this.answers.get(what) ?? 0) + 1);
  }
}
