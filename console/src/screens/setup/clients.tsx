import { Building2, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, pages, type Schemas } from '../../api/client.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { SearchField } from '../../components/fields.tsx';
import { Filters } from '../../components/filters.tsx';
import { Blank } from '../../components/outcomes.tsx';
import { useSettled } from '../../components/settled.ts';
import { ClientForm } from './client-form.tsx';
import styles from './setup.module.css';

/** Clients: the consumer applications that keys belong to. */
export function Clients() {
  const t = useTranslations('setup');
  const [text, setText] = useState('');
  const [edited, setEdited] = useState<Schemas['Client'] | 'new'>();
  const q = useSettled(text.trim());
  const listing = api.useInfiniteQuery('get', '/v1/clients', { params: { query: q ? { q } : {} } }, pages);
  const add = (
    <Button variant="primary" icon={<Plus aria-hidden />} onPress={() => setEdited('new')}>
      {t('clients.add')}
    </Button>
  );
  return (
    <>
      <div className={styles.over}>
        <Filters>
          <SearchField label={t('search')} value={text} onChange={setText} />
        </Filters>
        {add}
      </div>
      <DataTable
        label={t('parts.clients')}
        listing={listing}
        onOpen={setEdited}
        empty={
          <Blank icon={<Building2 aria-hidden />} title={q ? t('nothing') : t('clients.none')}>
            {t('clients.about')}
          </Blank>
        }
        columns={[
          { id: 'name', name: t('name'), isRowHeader: true, cell: ({ name }) => name },
          { id: 'id', name: t('id'), cell: ({ id }) => <code>{id}</code> },
          { id: 'emails', name: t('clients.emails'), cell: ({ emails = [] }) => emails.join(', ') },
          { id: 'enabled', name: t('enabled'), cell: ({ enabled = true }) => <Enabled is={enabled} /> },
        ]}
      />
      {edited && (
        <ClientForm client={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />
      )}
    </>
  );
}

/** Whether an entry of a registry counts. */
export function Enabled({ is }: { is: boolean }) {
  const t = useTranslations('setup');
  return <Badge tone={is ? 'good' : 'neutral'}>{is ? t('enabled') : t('disabled')}</Badge>;
}
