/** What happened, as a line of a timeline; `details` are those of the audit row. */
export function eventInWords(action: string, details: Record<string, unknown>): string {
  const detail = (name: string) => {
    const value = details[name];
    if (Array.isArray(value)) return value.join(', ');
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const ofLevel = `level ${detail('level')} of ${detail('levels')} (${detail('levelName')})`;
  switch (action) {
    case 'application.drafted':
      return 'Draft saved';
    case 'application.edited':
      return 'Edited';
    case 'application.submitted':
      return 'Submitted for review';
    case 'application.submission-refused':
      return `Submission not opened: ${detail('message')}`;
    case 'application.approved-level':
      return `Approved at ${ofLevel}`;
    case 'application.submission-forged':
      return 'A submission was refused that did not come through Keygrant';
    case 'application.approved-unreviewed':
      return 'Approved by the flow, which asks nobody';
    case 'application.denied-level':
      return `Denied by one reviewer at ${ofLevel}`;
    case 'application.escalated':
      return `Escalated: ${ofLevel}`;
    case 'application.timed-out':
      return `Denied: ${detail('reason')}`;
    case 'application.denied':
      return `Denied at ${ofLevel}`;
    case 'application.returned':
      return detail('level') === '' ? `Returned: ${detail('reason')}` : `Returned at ${ofLevel}`;
    case 'application.reminded':
      return `Reviewers of ${ofLevel} reminded`;
    case 'application.lapsed':
      return `Lapsed: ${detail('reason')}`;
    case 'application.withdrawn':
      return 'Withdrawn by the applicant';
    case 'application.held':
      return 'Mail held back';
    case 'application.released':
      return 'Mail released';
    case 'application.recalled':
      return 'Recalled: the key is void, no mail leaves';
    case 'decision.refused':
      return `A decision was refused: ${detail('problem')}`;
    case 'key.issued':
      return 'Key issued';
    case 'key.updated':
      return 'Key changed';
    case 'key.revoked':
      return 'Key revoked';
    case 'key.rotated':
      return 'New secret made; the one before stays valid for a while';
    case 'key.rotation-ended':
      return 'The secret before is void';
    case 'key.suspended':
      return 'Key suspended';
    case 'key.resumed':
      return 'Key resumed';
    case 'key.leak-reported':
      return 'Secret reported to have leaked: key suspended';
    case 'key.reissued':
      return 'New secret made after the leak; the one before is void, the key resumed';
    case 'key.expiring':
      return `Holder reminded that the last day is ${detail('expiresOn')}`;
    case 'key.quota-warned':
      return `Holder warned: ${detail('threshold')} % of the quota of ${detail('limit')} used`;
    case 'key.expired':
      return `Key expired: its last day was ${detail('expiresOn')}`;
    case 'key.act-refused':
      return `Something asked for was refused: ${detail('problem')}`;
    case 'key.dgrk-limited':
      return detail('dgrkUntil') === ''
        ? 'DGRK allowed for as long as the key works'
        : `DGRK allowed until ${detail('dgrkUntil')}`;
    case 'key.rewrapped':
    case 'former-secret.rewrapped':
      return 'Secret sealed anew under a newer master key';
    case 'delivery.hurried':
      return `Next attempt to mail the credentials asked for`;
    case 'delivery.repeated':
      return `Credentials mailed again (${detail('kind')}), to ${detail('to')}`;
    case 'address.requested':
      return `Another address asked for: ${detail('to')}`;
    case 'address.approved':
      return `Another address approved: ${detail('to')}`;
    case 'address.denied':
      return `Another address denied: ${detail('to')}`;
    case 'link.reminded':
      return 'Reminded of the link that shows the secret';
    case 'link.expired':
      return 'The link that shows the secret has expired';
    case 'link.revealed':
      return 'Secret shown, once and for all';
    case 'mail.sent':
      return `Mail sent (${detail('kind')}) to ${detail('to')}`;
    case 'application.carried-on':
      return 'Carried on after a backup was restored';
    case 'application.given-up':
      return 'Given up: it was lost with what came after a backup';
    case 'application.erased':
      return `Personal data erased: it ended more than ${detail('years')} years ago`;
    default:
      return action;
  }
}
