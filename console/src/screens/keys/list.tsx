import { useNavigate, useSearch } from '@tanstack/react-router';
import { KeyRound } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, pages } from '../../api/client.ts';
import { KeyBadge } from '../../components/badge.tsx';
import { ClientFilter } from '../../components/client-filter.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { useDates } from '../../components/dates.ts';
import { SearchField, Select } from '../../components/fields.tsx';
import { Filters } from '../../components/filters.tsx';
import { LinkButton } from '../../components/link-button.tsx';
import { Blank } from '../../components/outcomes.tsx';
import { Page } from '../../components/page.tsx';
import { useSettled } from '../../components/settled.ts';
import { Ago } from '../../components/time.tsx';
import { states } from '../../i18n/en/states.ts';
import styles from './detail.module.css';
import { lastUseOf } from './last-use.ts';
import { Quota } from './quota.tsx';
import type { KeySearch, KeyState } from './routes.ts';

/** Keys that the person may see, newest first, by state, client and text. */
export function KeyList() {
  const t = useTranslations('keys');
  const words = useTranslations();
  const { day } = useDates();
  const search: KeySearch = useSearch({ from: '/shell/keys' });
  const navigate = useNavigate({ from: '/keys' });
  const [text, setText] = useState(search.q ?? '');
  const q = useSettled(text.trim());
  const narrow = (change: KeySearch) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  useEffect(() => {
    void navigate({ search: (before) => ({ ...before, q: q || undefined }), replace: true });
  }, [q, navigate]);
  const { state, client } = search;
  const isNarrowed = Boolean(q || state || client);
  const query = { ...(q && { q }), ...(state && { state }), ...(client && { clientId: client }) };
  const listing = api.useInfiniteQuery('get', '/v1/keys', { params: { query } }, pages);
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Filters>
        <SearchField label={t('search')} value={text} onChange={setText} />
        <Select
          label={t('state')}
          value={state ?? ('all' as const)}
          onChange={(id) => narrow({ state: id === 'all' ? undefined : id })}
          options={[
            { id: 'all' as const, name: t('anyState') },
            ...(Object.keys(states.key) as KeyState[]).map((id) => ({ id, name: words(`states.key.${id}`) })),
          ]}
        />
        <ClientFilter id={client} onChange={(id) => narrow({ client: id })} />
      </Filters>
      <DataTable
        label={t('title')}
        listing={listing}
        hrefOf={({ id }) => `/keys/${id}`}
        empty={
          isNarrowed ? (
            <Blank icon={<KeyRound aria-hidden />} title={t('emptyFilter.title')}>
              {t('emptyFilter.words')}
            </Blank>
          ) : (
            <Blank
              icon={<KeyRound aria-hidden />}
              title={t('empty.title')}
              actions={<LinkButton to="/applications">{t('empty.action')}</LinkButton>}
            >
              {t('empty.words')}
            </Blank>
          )
        }
        columns={[
          {
            id: 'name',
            name: t('columns.name'),
            isRowHeader: true,
            cell: ({ name }) => <span className={styles.name}>{name}</span>,
          },
          { id: 'client', name: t('columns.client'), cell: (row) => row.client.name },
          { id: 'state', name: t('columns.state'), cell: (row) => <KeyBadge state={row.state} /> },
          {
            id: 'validity',
            name: t('columns.validity'),
            cell: ({ effectiveOn, expiresOn }) =>
              words('common.validity', { from: day(effectiveOn), until: day(expiresOn) }),
          },
          { id: 'quota', name: t('columns.quota'), cell: (row) => <Quota {...row} size="small" /> },
          {
            id: 'lastUse',
            name: t('columns.lastUse'),
            cell: ({ lastUse }) => {
              const at = lastUseOf(lastUse);
              return at ? <Ago at={at} /> : t('never');
            },
          },
        ]}
      />
    </Page>
  );
}
