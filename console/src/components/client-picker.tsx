import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '../api/client.ts';
import { ComboBox } from './combo-box.tsx';
import type { Surroundings } from './fields.tsx';
import { useSettled } from './settled.ts';

/** A client as far as a picker knows it. */
export interface PickedClient {
  id: string;
  name: string;
}

/** Picks a client; the server searches by id and name as one types. A box that is emptied is no choice. */
export function ClientPicker({
  value,
  onChange,
  enabledOnly = true,
  ...surroundings
}: Surroundings & {
  value: PickedClient | null;
  onChange: (client: PickedClient | null) => void;
  /** Whether those that are switched off are shown without being offered. */
  enabledOnly?: boolean;
}) {
  const t = useTranslations('common.client');
  const [text, setText] = useState(value?.name ?? '');
  const [shown, setShown] = useState(value);
  // What was chosen, or cleared, elsewhere is what the box says from then on.
  if (shown?.id !== value?.id || shown?.name !== value?.name) {
    setShown(value);
    setText(value?.name ?? '');
  }
  // What is in the box is the choice, not a search for it.
  const wanted = useSettled(text === value?.name ? '' : text.trim());
  const found = api.useQuery(
    'get',
    '/v1/clients',
    { params: { query: { q: wanted, limit: 50 } } },
    { placeholderData: keepPreviousData },
  );
  const options = (found.data?.items ?? []).map(({ id, name, enabled }) => ({
    id,
    name,
    detail: enabled === false ? t('disabled', { id }) : id,
    isDisabled: enabledOnly && enabled === false,
  }));
  return (
    <ComboBox
      {...surroundings}
      options={options}
      value={value?.id ?? null}
      search={text}
      onSearch={(next) => {
        setText(next);
        if (next === '' && value) onChange(null);
      }}
      onChange={(id) => {
        const chosen = id === value?.id ? value : (options.find((option) => option.id === id) ?? null);
        setText(chosen?.name ?? '');
        if (chosen?.id !== value?.id) onChange(chosen && { id: chosen.id, name: chosen.name });
      }}
      emptyWords={found.isPending ? t('searching') : t(enabledOnly ? 'noneToPick' : 'none', { text: wanted })}
    />
  );
}
