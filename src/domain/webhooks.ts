import { type ApplicationState, applicationStates } from './application-states.ts';

/** What happens to a key, as the audit trail calls it; a trigger on it makes the events, so these names stand in a migration, too. */
const keyEvents = [
  'key.expiring',
  'key.quota-warned',
  'key.rotated',
  'key.rotation-ended',
  'key.suspended',
  'key.resumed',
  'key.leak-reported',
  'key.reissued',
  'key.revoked',
  'key.expired',
] as const;

/** What an event is about, as its receivers filter by it: the state that an application came into, what happened to a key, or a test. */
export type WebhookEventType =
  | `application.${Exclude<ApplicationState, 'draft'>}`
  | (typeof keyEvents)[number]
  | typeof testEvent;

/** The event that an endpoint gets when somebody asks for one to try it. */
export const testEvent = 'webhook.test';

/** Every type of event. A draft is nobody's business but its applicant's. */
export const webhookEventTypes: readonly WebhookEventType[] = [
  ...applicationStates.filter((state) => state !== 'draft').map((state) => `application.${state}` as const),
  ...keyEvents,
  testEvent,
];

/** `failed`: given up after the last attempt; asking for it again is up to the receiver. */
export const deliveryStates = ['pending', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Why an endpoint gets nothing for now. `failing`: nothing came through for days; `gone`: it answered 410. */
export const pauses = ['by-hand', 'failing', 'gone'] as const;

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Waits between attempts, the schedule that Standard Webhooks recommends: ten attempts over three days. */
const waits = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
];

/** The longest wait that a receiver can ask for by Retry-After. */
const mostAskedFor = 24 * hour;

/**
 * How long to wait after a failed attempt; undefined when it was the last.
 * @param failures attempts that have failed so far, from 1
 * @param luck from 0 to 1: lengthens the wait by up to a fifth, so that those who failed together do not come back together
 * @param askedFor milliseconds that the receiver asked for
 */
export function waitAfter(failures: number, luck: number, askedFor = 0): number | undefined {
  const wait = waits[failures - 1];
  if (wait === undefined) return undefined;
  return Math.max(Math.round(wait * (1 + luck / 5)), Math.min(askedFor, mostAskedFor));
}

/** How long a secret that was replaced still signs beside its successor. */
export const secretOverlapMs = 24 * hour;

/** How long deliveries are kept: the log of what was sent, and the backlog of an endpoint that is paused. */
export const deliveriesKeptDays = 30;

/** How many endpoints one portal can have, and how many there can be for all applications. */
export const mostEndpoints = 20;
