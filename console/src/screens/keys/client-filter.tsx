import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '../../api/client.ts';
import { ComboBox } from '../../components/combo-box.tsx';
import { useSettled } from '../../components/settled.ts';

/** Narrows a list to a client, which the server finds by id and name; emptied, to none. */
export function ClientFilter({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (id: string | undefined) => void;
}) {
  const t = useTranslations('keys');
  const chosen = api.useQuery(
    'get',
    '/v1/clients/{id}',
    { params: { path: { id: value ?? '' } } },
    { enabled: value !== undefined },
  );
  const name = value === undefined ? '' : (chosen.data?.name ?? value);
  const [typed, setTyped] = useState<string>();
  const text = typed ?? name;
  // What is in the box is the choice, not a search for it.
  const wanted = useSettled(text === name ? '' : text.trim());
  const { data } = api.useQuery(
    'get',
    '/v1/clients',
    { params: { query: { limit: 50, ...(wanted && { q: wanted }) } } },
    { placeholderData: keepPreviousData },
  );
  const found = (data?.items ?? []).map((client) => ({
    id: client.id,
    name: client.name,
    detail: client.id,
  }));
  const options =
    value !== undefined && !found.some(({ id }) => id === value)
      ? [{ id: value, name, detail: value }, ...found]
      : found;
  return (
    <ComboBox
      label={t('client')}
      options={options}
      value={value ?? null}
      search={text}
      onSearch={(next) => {
        setTyped(next);
        if (next === '' && value !== undefined) onChange(undefined);
      }}
      onChange={(id) => {
        // A text that changes once more would open the list again.
        setTyped(options.find((option) => option.id === id)?.name ?? '');
        if ((id ?? undefined) !== value) onChange(id ?? undefined);
      }}
      emptyWords={t('noClient')}
    />
  );
}
