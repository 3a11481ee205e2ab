import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '../api/client.ts';
import { ClientPicker, type PickedClient } from './client-picker.tsx';

/** Narrows a list to a client, of which the address of the page has the id alone; emptied, to none. */
export function ClientFilter({
  id,
  onChange,
}: {
  id: string | undefined;
  onChange: (id: string | undefined) => void;
}) {
  const t = useTranslations('common.client');
  const [picked, setPicked] = useState<PickedClient | null>(null);
  const isPicked = picked?.id === id;
  const { data } = api.useQuery(
    'get',
    '/v1/clients/{id}',
    { params: { path: { id: id ?? '' } } },
    { enabled: id !== undefined && !isPicked },
  );
  const name = isPicked ? picked?.name : data?.name;
  return (
    <ClientPicker
      label={t('label')}
      enabledOnly={false}
      value={id === undefined ? null : { id, name: name ?? id }}
      onChange={(client) => {
        setPicked(client);
        onChange(client?.id);
      }}
    />
  );
}
