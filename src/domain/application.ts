import { type CalendarDate, isCalendarDate } from './dates.ts';
import type { Violation } from './errors.ts';
import { isQuota } from './quota.ts';

/** What an applicant writes. A draft may lack anything; only a complete and valid one can be submitted. */
export interface ApplicationContent {
  clientId: string | null;
  keyName: string | null;
  description: string | null;
  effectiveOn: CalendarDate | null;
  expiresOn: CalendarDate | null;
  /** -1 for unlimited, else the number of calls. */
  quota: number | null;
  apiIds: readonly string[];
}

/** What the rules need to know about the world around the content. */
export interface Surroundings {
  today: CalendarDate;
  /** Whether the client exists and is enabled; undefined when it does not exist. */
  clientEnabled: boolean | undefined;
  /** The registered, enabled APIs among those named. */
  enabledApiIds: readonly string[];
}

type Rule = (content: ApplicationContent, around: Surroundings) => string | undefined;

/** The rules of a submission, one or more per field, in the order of the form. */
const rules: readonly (readonly [field: keyof ApplicationContent, rule: Rule])[] = [
  ['clientId', ({ clientId }) => (clientId === null ? 'Choose the client that the key is for.' : undefined)],
  [
    'clientId',
    ({ clientId }, { clientEnabled }) =>
      clientId !== null && clientEnabled === undefined
        ? 'There is no such client; choose one from GET /v1/clients.'
        : undefined,
  ],
  [
    'clientId',
    (_, { clientEnabled }) =>
      clientEnabled === false ? 'This client is disabled; an admin can enable it.' : undefined,
  ],
  ['keyName', ({ keyName }) => (keyName === null ? 'Give the key a descriptive name.' : undefined)],
  ['description', ({ description }) => (description === null ? 'Describe what the key is for.' : undefined)],
  ['effectiveOn', ({ effectiveOn }) => (effectiveOn === null ? 'Choose the first day of use.' : undefined)],
  ['effectiveOn', ({ effectiveOn }) => notADay(effectiveOn)],
  [
    'expiresOn',
    ({ expiresOn }) => (expiresOn === null ? 'Choose the last day of use; it is inclusive.' : undefined),
  ],
  ['expiresOn', ({ expiresOn }) => notADay(expiresOn)],
  [
    'expiresOn',
    ({ expiresOn }, { today }) =>
      expiresOn !== null && expiresOn < today
        ? `It is in the past; today or later would be right (today is ${today}).`
        : undefined,
  ],
  [
    'expiresOn',
    ({ effectiveOn, expiresOn }) =>
      effectiveOn !== null && expiresOn !== null && expiresOn < effectiveOn
        ? `It is before the effective date; ${effectiveOn} or later would be right.`
        : undefined,
  ],
  ['quota', ({ quota }) => (quota === null ? 'Give a number of calls, or -1 for unlimited.' : undefined)],
  [
    'quota',
    ({ quota }) =>
      quota !== null && !isQuota(quota)
        ? 'A quota is a positive whole number of calls, or -1 for unlimited.'
        : undefined,
  ],
  ['apiIds', ({ apiIds }) => (apiIds.length === 0 ? 'Choose at least one registered API.' : undefined)],
  [
    'apiIds',
    ({ apiIds }, { enabledApiIds }) => {
      const missing = apiIds.filter((id) => !enabledApiIds.includes(id));
      return missing.length > 0 ? `Not registered or not enabled: ${missing.join(', ')}.` : undefined;
    },
  ],
];

/** Every rule that a submission of `content` would break, all at once; empty when it can be submitted. */
export function violationsOf(content: ApplicationContent, around: Surroundings): Violation[] {
  return rules.flatMap(([field, rule]) => {
    const message = rule(content, around);
    return message === undefined ? [] : [{ field, message }];
  });
}

/**
 * The text whose digest a decision names: everything that a reviewer judges, in one fixed order. The round is part of
 * it, so that a decision on an earlier round can never count in a later one.
 */
export function revisionText(
  applicationId: string,
  applicantId: string,
  round: number,
  content: ApplicationContent,
): string {
  return JSON.stringify([
    'keygrant revision 1',
    applicationId,
    applicantId,
    round,
    content.clientId,
    content.keyName,
    content.description,
    content.effectiveOn,
    content.expiresOn,
    content.quota,
    [...content.apiIds].toSorted(),
  ]);
}

function notADay(date: CalendarDate | null): string | undefined {
  return date !== null && !isCalendarDate(date)
    ? 'It is not a day of the calendar; 2026-12-31 would be one.'
    : undefined;
}
