import { UserPlus, Users } from 'lucide-react';
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
import { Enabled } from './clients.tsx';
import { PersonForm } from './person-form.tsx';
import styles from './setup.module.css';

/** Everybody with access, and what they may do. */
export function People() {
  const t = useTranslations('setup');
  const [text, setText] = useState('');
  const [edited, setEdited] = useState<Schemas['Person'] | 'new'>();
  const q = useSettled(text.trim());
  const listing = api.useInfiniteQuery('get', '/v1/people', { params: { query: q ? { q } : {} } }, pages);
  return (
    <>
      <div className={styles.over}>
        <Filters>
          <SearchField label={t('search')} value={text} onChange={setText} />
        </Filters>
        <Button variant="primary" icon={<UserPlus aria-hidden />} onPress={() => setEdited('new')}>
          {t('people.add')}
        </Button>
      </div>
      <DataTable
        label={t('parts.people')}
        listing={listing}
        onOpen={setEdited}
        empty={
          <Blank icon={<Users aria-hidden />} title={q ? t('nothing') : t('people.none')}>
            {t('people.about')}
          </Blank>
        }
        columns={[
          { id: 'name', name: t('people.name'), isRowHeader: true, cell: ({ name }) => name },
          { id: 'id', name: t('id'), cell: ({ id }) => <code>{id}</code> },
          { id: 'email', name: t('people.email'), cell: ({ email }) => email },
          {
            id: 'roles',
            name: t('people.roles'),
            cell: ({ roles = [] }) => (
              <span className={styles.row}>
                {roles.map((role) => (
                  <Badge key={role}>{role}</Badge>
                ))}
              </span>
            ),
          },
          { id: 'enabled', name: t('enabled'), cell: ({ enabled = true }) => <Enabled is={enabled} /> },
        ]}
      />
      {edited && (
        <PersonForm person={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />
      )}
    </>
  );
}
