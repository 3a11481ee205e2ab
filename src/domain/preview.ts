import { momentIn } from './dates.ts';
import type { ApplicationKind } from './kinds.ts';

/** One level of a preview. */
export interface PreviewedLevel {
  level: number;
  name: string;
  approvals: number;
  /** Why it is passed by; null where it is not. */
  skipped: string | null;
  /** Names of those who may decide it. */
  people: readonly string[];
}

/**
 * What an application would need, as a person would say it: `It would need Ben, then Cleo or Bea; …`.
 * @param mailAt when the mail would leave if everybody approved at once; undefined where there is none
 */
export function previewInWords(
  kind: ApplicationKind,
  levels: readonly PreviewedLevel[],
  mailAt: Date | undefined,
  zone: string,
): string {
  const asked = levels.filter(({ skipped }) => skipped === null);
  const needs =
    asked.length === 0
      ? 'It would be approved at once, by nobody'
      : `It would need ${asked.map(whom).join(', then ')}`;
  return kind === 'apply' && mailAt
    ? `${needs}; the mail would leave at ${momentIn(zone, mailAt)} if that were done now.`
    : `${needs}; the key would be ${kind === 'revoke' ? 'revoked' : 'changed'} at once, and no secret mailed.`;
}

function whom({ approvals, people }: PreviewedLevel): string {
  const names =
    people.length < 2
      ? (people[0] ?? 'nobody who is there')
      : `${people.slice(0, -1).join(', ')} or ${people.at(-1)}`;
  return approvals > 1 ? `${approvals} of ${names.replace(' or ', ' and ')}` : names;
}
