import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '../api/client.ts';
import { ComboBox } from './combo-box.tsx';
import type { Surroundings } from './fields.tsx';
import { useSettled } from './settled.ts';

/** Picks a person by name, searched by the server; for reviewers, admins and auditors. */
export function ColleagueField({
  value,
  onChange,
  except,
  enabledOnly = true,
  ...surroundings
}: Surroundings & {
  value: { id: string; name: string } | null;
  onChange: (person: { id: string; name: string } | null) => void;
  /** Whom not to offer. */
  except?: string;
  /** Whether those who no longer have access are left out. */
  enabledOnly?: boolean;
}) {
  const t = useTranslations('common');
  const [text, setText] = useState(value?.name ?? '');
  const [shown, setShown] = useState(value);
  // What was chosen, or cleared, elsewhere is what the box says from then on.
  if (shown?.id !== value?.id) {
    setShown(value);
    setText(value?.name ?? '');
  }
  const q = useSettled(text === value?.name ? '' : text.trim());
  const { data } = api.useQuery(
    'get',
    '/v1/colleagues',
    { params: { query: { limit: 20, ...(q && { q }) } } },
    { placeholderData: (before) => before },
  );
  const found = (data?.items ?? []).filter(({ id, enabled }) => id !== except && (enabled || !enabledOnly));
  return (
    <ComboBox
      {...surroundings}
      options={found.map(({ id, name }) => ({ id, name, detail: id }))}
      value={value?.id ?? null}
      onChange={(id) => {
        const person = found.find((each) => each.id === id);
        if (person || id === null) {
          onChange(person ?? null);
          setText(person?.name ?? '');
        }
      }}
      search={text}
      onSearch={(next) => {
        setText(next);
        if (next === '' && value) onChange(null);
      }}
      emptyWords={t('nobody')}
    />
  );
}
