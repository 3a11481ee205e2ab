import { useTranslations } from 'use-intl';
import {
  type Content,
  contentOf,
  type Field,
  fieldsOf,
  isEmpty,
  isSame,
  type Kind,
  lengthOf,
  longest,
} from './content.ts';
import { type DraftState, isTooLong } from './keep-draft.ts';

/** What is wrong, by field, and what is wrong with the whole. */
export interface Complaints {
  fields: Partial<Record<Field, string>>;
  others: string[];
}

/**
 * What a submission would be refused for. That something is missing or too long, the page sees by itself; everything else the
 * server has said of the value as it saved it.
 */
export function useComplaints(kind: Kind, { content, view, rejected }: DraftState): Complaints {
  const t = useTranslations('apply');
  const shown = fieldsOf[kind];
  const saved = view && contentOf(view);
  const fields: Complaints['fields'] = {};
  for (const field of shown) {
    const message = complaintOf(field);
    if (message !== undefined) fields[field] = message;
  }
  const others = (view?.violations ?? [])
    .filter(({ field }) => !shown.some((name) => name === field))
    .map(({ message }) => message);
  return { fields, others };

  function complaintOf(field: Field): string | undefined {
    const value = content[field];
    if (isEmpty(value)) return t(`needed.${field}`);
    const most = longest[field] ?? 0;
    if (isTooLong(content, field))
      return t('tooLong', { most: String(most), over: lengthOf(value as Content['keyName']) - most });
    const rejection = rejected[field];
    if (rejection && isSame(rejection.value, value)) return rejection.message;
    if (!saved || !isSame(saved[field], value)) return undefined;
    return view.violations.find((violation) => violation.field === field)?.message;
  }
}
