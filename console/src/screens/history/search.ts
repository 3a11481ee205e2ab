import type { paths } from '../../api/schema.ts';
import { states } from '../../i18n/en/states.ts';

/** What the history is searched for, as it stands in the address of the page. */
export type HistorySearch = Omit<
  NonNullable<paths['/v1/history']['get']['parameters']['query']>,
  'limit' | 'cursor'
>;

export const kinds = Object.keys(states.kind) as NonNullable<HistorySearch['kind']>[];
/** Nothing that was never submitted is in the history. */
export const submittedStates = Object.keys(states.application).filter(
  (state) => state !== 'held' && state !== 'draft',
) as NonNullable<HistorySearch['state']>[];

const day = /^\d{4}-\d{2}-\d{2}$/;

/** Takes of an address what can be searched for; whatever else somebody has written there is left out. */
export function historySearch(raw: Record<string, unknown>): HistorySearch {
  const text = (name: string) => {
    const value = raw[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined;
  };
  const kind = kinds.find((each) => each === raw['kind']);
  const state = submittedStates.find((each) => each === raw['state']);
  const on = (name: string) => (day.test(text(name) ?? '') ? text(name) : undefined);
  const found = {
    kind,
    state,
    clientId: text('clientId'),
    applicantId: text('applicantId'),
    reviewerId: text('reviewerId'),
    from: on('from'),
    to: on('to'),
    q: text('q'),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** The address of exactly this selection as a file. */
export function csvAddress(search: HistorySearch): string {
  const query = new URLSearchParams(Object.entries(search)).toString();
  return query ? `/v1/history.csv?${query}` : '/v1/history.csv';
}
