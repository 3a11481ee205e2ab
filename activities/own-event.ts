import type { AuditEvent } from '../src/domain/audit.ts';

/** The audit event of something that the service itself does to an application. */
export function ownEvent(
  applicationId: string,
  action: string,
  details: Record<string, unknown>,
): AuditEvent {
  const subject = { type: 'application', id: applicationId };
  return { action, actor: 'keygrant', via: null, subject, requestId: null, details };
}
