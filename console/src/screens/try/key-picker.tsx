import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, type Schemas } from '../../api/client.ts';
import { ComboBox } from '../../components/combo-box.tsx';
import { useSettled } from '../../components/settled.ts';

/** Picks one of the keys that the person may see; the server searches by name, client and API key. */
export function KeyPicker({
  value,
  error,
  onChange,
}: {
  value: Schemas['Key'] | undefined;
  error: string | undefined;
  onChange: (id: string | undefined) => void;
}) {
  const t = useTranslations('tryIt.key');
  const states = useTranslations('states.key');
  const [text, setText] = useState(value?.name ?? '');
  // What is in the box is the choice, not a search for it.
  const wanted = useSettled(text === value?.name ? '' : text.trim());
  const found = api.useQuery(
    'get',
    '/v1/keys',
    { params: { query: { limit: 50, ...(wanted && { q: wanted }) } } },
    { placeholderData: keepPreviousData },
  );
  const items = found.data?.items ?? [];
  const keys = value && !items.some(({ id }) => id === value.id) ? [value, ...items] : items;
  const hint = value && !value.usable ? t('state', { state: states(value.state) }) : t('hint');
  return (
    <ComboBox
      label={t('label')}
      hint={hint}
      error={error}
      options={keys.map(({ id, name, client, state }) => ({
        id,
        name,
        detail: `${client.name} · ${states(state)}`,
      }))}
      value={value?.id ?? null}
      search={text}
      onSearch={setText}
      onChange={(id) => {
        setText(keys.find((key) => key.id === id)?.name ?? '');
        if (id !== (value?.id ?? null)) onChange(id ?? undefined);
      }}
      emptyWords={wanted ? t('none', { text: wanted }) : t('empty')}
    />
  );
}
