import { FileUp, Plus, Waypoints } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, pages, type Schemas } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { SearchField } from '../../components/fields.tsx';
import { Filters } from '../../components/filters.tsx';
import { Blank } from '../../components/outcomes.tsx';
import { useSettled } from '../../components/settled.ts';
import { ApiForm } from './api-form.tsx';
import { ApiImport } from './api-import.tsx';
import { Enabled } from './clients.tsx';
import styles from './setup.module.css';

/** The API registry: what can be applied for, and where the gateway sends its calls. */
export function Apis() {
  const t = useTranslations('setup');
  const [text, setText] = useState('');
  const [edited, setEdited] = useState<Schemas['Api'] | 'new'>();
  const [isImporting, setImporting] = useState(false);
  const q = useSettled(text.trim());
  const listing = api.useInfiniteQuery('get', '/v1/apis', { params: { query: q ? { q } : {} } }, pages);
  return (
    <>
      <div className={styles.over}>
        <Filters>
          <SearchField label={t('search')} value={text} onChange={setText} />
        </Filters>
        <Button icon={<FileUp aria-hidden />} onPress={() => setImporting(true)}>
          {t('import.open')}
        </Button>
        <Button variant="primary" icon={<Plus aria-hidden />} onPress={() => setEdited('new')}>
          {t('apis.add')}
        </Button>
      </div>
      <DataTable
        label={t('parts.apis')}
        listing={listing}
        onOpen={setEdited}
        empty={
          <Blank icon={<Waypoints aria-hidden />} title={q ? t('nothing') : t('apis.none')}>
            {t('apis.about')}
          </Blank>
        }
        columns={[
          { id: 'name', name: t('name'), isRowHeader: true, cell: ({ name }) => name },
          {
            id: 'route',
            name: t('apis.path'),
            cell: ({ method, path }) => (
              <code>
                {method} {path}
              </code>
            ),
          },
          { id: 'upstream', name: t('apis.upstream'), cell: ({ upstreamUrl }) => <code>{upstreamUrl}</code> },
          { id: 'enabled', name: t('enabled'), cell: ({ enabled = true }) => <Enabled is={enabled} /> },
        ]}
      />
      {isImporting && <ApiImport onClose={() => setImporting(false)} />}
      {edited && (
        <ApiForm entry={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />
      )}
    </>
  );
}
