import type { CalendarDate } from '../domain/dates.ts';
import type { ApplicationKind } from '../domain/kinds.ts';

/** What a mail may tell about an application: plain values, each possibly written by somebody hostile. */
export interface MailFacts {
  /** Stands in brackets at the head of every subject. */
  brand: string;
  applicationId: string;
  applicantName: string;
  kind: ApplicationKind;
  clientId: string;
  clientName: string;
  keyName: string;
  description: string;
  apis: readonly { name: string; method: string; path: string }[];
  /** -1 for unlimited. */
  quota: number;
  effectiveOn: CalendarDate;
  expiresOn: CalendarDate;
  timeZone: string;
  /** Where the application can be seen. */
  link: string;
}
