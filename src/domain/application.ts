import type { CalendarDate } from './dates.ts';
import type { ApplicationKind } from './kinds.ts';

/** What an applicant writes. A draft may lack anything; only a complete and valid one can be submitted. */
export interface ApplicationContent {
  kind: ApplicationKind;
  /** The key that is to be changed or revoked; null for a new one. */
  keyId: string | null;
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
  /** The key that the application is about, as it is now; undefined where there is none of that id. */
  key: KeyAsIs | undefined;
}

/** What a live key is before an update or a revocation. */
export interface KeyAsIs
  extends Pick<
    ApplicationContent,
    'clientId' | 'keyName' | 'effectiveOn' | 'expiresOn' | 'quota' | 'apiIds'
  > {
  /** Counts its changes. */
  revision: number;
  revoked: boolean;
  /** Calls that have been made; counted only where the quota has a limit. */
  used: number;
}

/**
 * The text whose digest a decision names: everything that a reviewer judges, in one fixed order. The round is part of
 * it, so that a decision on an earlier round can never count in a later one, and so is the revision of the key that is
 * to be changed or revoked.
 */
export function revisionText(
  applicationId: string,
  applicantId: string,
  round: number,
  content: ApplicationContent,
  keyRevision: number | null,
): string {
  return JSON.stringify([
    'keygrant revision 2',
    applicationId,
    applicantId,
    round,
    content.kind,
    content.keyId,
    keyRevision,
    content.clientId,
    content.keyName,
    content.description,
    content.effectiveOn,
    content.expiresOn,
    content.quota,
    [...content.apiIds].toSorted(),
  ]);
}
