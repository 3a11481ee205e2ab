import type { Static } from 'typebox';
import type { Database } from '../db/database.ts';
import { changesOf, type LoadedDelivery, newestLinkOf } from '../db/deliveries.ts';
import { namesOf } from '../db/people.ts';
import { approvalsNeeded, deciders } from '../domain/delivery.ts';
import type { Application } from './application-schemas.ts';
import type { Caller } from './auth.ts';

type View = Pick<Static<typeof Application>, 'link' | 'addressChange'>;

/**
 * What became of the link to a secret, and of the latest wish for another address.
 * @param show an address as the caller may see it; those who decide on one see all of it
 */
export async function viewDelivery(
  db: Database,
  id: string,
  delivery: LoadedDelivery | undefined,
  { person }: Caller,
  show: (address: string) => string,
): Promise<View> {
  // Before the issue there is nothing to deliver.
  if (!delivery) return { link: null, addressChange: null };
  const [newest, changes] = await Promise.all([newestLinkOf(db, id), changesOf(db, id)]);
  const link = newest && {
    state: newest.link.ending ?? ('open' as const),
    expiresAt: newest.link.expiresAt?.toISOString() ?? null,
    endedAt: newest.link.endedAt?.toISOString() ?? null,
    revealedBy: newest.revealedBy,
  };
  const change = changes.at(-1);
  if (!change) return { link: link ?? null, addressChange: null };
  const { state, email, requestedBy, comment, approvedBy, outcome, createdAt, decidedAt } = change;
  const able = deciders(delivery, requestedBy);
  const knows = person.id === requestedBy || able.some((each) => each.id === person.id);
  const names = await namesOf(db, [requestedBy]);
  const waitingFor = state === 'pending' ? able.filter((each) => !approvedBy.includes(each.id)) : [];
  return {
    link: link ?? null,
    addressChange: {
      state,
      email: knows ? email : show(email),
      requestedBy: { id: requestedBy, name: names.get(requestedBy) ?? requestedBy },
      comment,
      approvals: { given: approvedBy.length, needed: approvalsNeeded(delivery) },
      waitingFor: waitingFor.map((each) => ({ id: each.id, name: each.name })),
      outcome,
      createdAt: createdAt.toISOString(),
      decidedAt: decidedAt?.toISOString() ?? null,
    },
  };
}
