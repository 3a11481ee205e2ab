/** A search in Temporal's UI that operators come back to. */
export interface Query {
  /** What it finds. */
  finds: string;
  /** Temporal's list filter. */
  filter: string;
  /** Whether it holds the present moment, since filters know none: then a saved one grows old. */
  asOfNow: boolean;
}

const running = 'WorkflowType = "application" AND ExecutionStatus = "Running"';
const keys = 'WorkflowType = "key" AND ExecutionStatus = "Running"';

/**
 * The searches for what is stuck, overdue, or waiting for mail.
 * @param now what "overdue" is measured by
 */
export function queriesAt(now: Date): Query[] {
  const lasting: [string, string][] = [
    [
      'stuck: workflows that fail in their own code (from Temporal 1.30 on)',
      'TemporalReportedProblems IN ("category=WorkflowTaskFailed", "category=WorkflowTaskTimedOut")',
    ],
    [
      'stuck: workflows that ended otherwise than by their own',
      'WorkflowType IN ("application", "key") AND ExecutionStatus IN ("Failed", "TimedOut", "Terminated", "Canceled")',
    ],
    ['submitted, and not open for review', `${running} AND KeygrantState = "draft"`],
    ['nobody could decide when last looked', `${running} AND KeygrantWaitsFor = "nobody"`],
    [
      'overdue: reminded of, or escalated',
      `${running} AND KeygrantWaitsFor IN ("reminded-reviewers", "escalated-reviewers")`,
    ],
    ['waiting for reviewers', `${running} AND KeygrantState = "pending"`],
    [
      'waiting for mail: credentials, or word of how it ended',
      `${running} AND (KeygrantWaitsFor = "delivery" OR KeygrantState IN ("rejected", "returned", "lapsed", "recalled", "completed"))`,
    ],
    ['keys in use', keys],
    ['keys that are suspended', `${keys} AND KeygrantState = "suspended"`],
    ['held back by somebody', `${running} AND KeygrantWaitsFor = "release"`],
  ];
  const due = `KeygrantDueAt < "${now.toISOString()}"`;
  const momentary: [string, string][] = [
    [
      'overdue: reminder, escalation or end should have come',
      `${running} AND KeygrantState = "pending" AND ${due}`,
    ],
    ['overdue: a reminder, the end of a grace or of a key should be on record', `${keys} AND ${due}`],
    [
      'overdue: credentials should have been mailed',
      `${running} AND KeygrantWaitsFor = "delivery" AND ${due}`,
    ],
  ];
  return [
    ...lasting.map(([finds, filter]) => ({ finds, filter, asOfNow: false })),
    ...momentary.map(([finds, filter]) => ({ finds, filter, asOfNow: true })),
  ];
}
