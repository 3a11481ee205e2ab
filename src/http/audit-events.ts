import type { FastifyRequest } from 'fastify';
import type { AuditEvent } from '../domain/audit.ts';
import { callerOf } from './auth.ts';

/** The audit event of something that the caller of a request does. */
export function eventFrom(
  request: FastifyRequest,
  action: string,
  subject: { type: string; id: string },
  details: Record<string, unknown> = {},
): AuditEvent {
  const { person, via } = callerOf(request);
  return { action, actor: person.id, via, subject, requestId: request.id, details };
}
