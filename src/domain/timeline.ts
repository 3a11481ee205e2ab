/** What happened, as a line of a timeline; `details` are those of the audit row. */
export function eventInWords(action: string, details: Record<string, unknown>): string {
  const { level, levels, levelName, reason, problem, kind, to } = details;
  const ofLevel = `level ${level}${levels === undefined ? '' : ` of ${levels}`}${levelName === undefined ? '' : ` (${levelName})`}`;
  switch (action) {
    case 'application.drafted':
      return 'Draft saved';
    case 'application.edited':
      return 'Edited';
    case 'application.submitted':
      return 'Submitted for review';
    case 'application.submission-refused':
      return `Submission not opened: ${details['message']}`;
    case 'application.approved-level':
      return `Approved at ${ofLevel}`;
    case 'application.denied':
      return `Denied at ${ofLevel}`;
    case 'application.returned':
      return `Returned: ${reason}`;
    case 'decision.refused':
      return `A decision was refused: ${problem}`;
    case 'key.issued':
      return 'Key issued';
    case 'mail.sent':
      return `Mail sent (${kind}) to ${Array.isArray(to) ? to.join(', ') : ''}`;
    default:
      return action;
  }
}
