import { getRouteApi } from '@tanstack/react-router';
import { Download, ScrollText } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { api, pages, type Schemas } from '../../api/client.ts';
import { useHasRole } from '../../api/session.tsx';
import { ApplicationBadge } from '../../components/badge.tsx';
import button from '../../components/button.module.css';
import { DataTable } from '../../components/data-table.tsx';
import { Blank } from '../../components/outcomes.tsx';
import { Page } from '../../components/page.tsx';
import { Moment } from '../../components/time.tsx';
import styles from './approvals.module.css';
import { AuditChain } from './audit-chain.tsx';
import { HistoryFilters } from './history-filters.tsx';
import { csvAddress, historySearch } from './search.ts';

type Entry = Schemas['HistoryEntry'];

const route = getRouteApi('/shell/history');

/** The API Key Approval History: everything that was ever submitted, and who decided what. */
export function ApprovalHistory() {
  const t = useTranslations('history');
  const words = useTranslations();
  // The router hands on what it was not told of, too.
  const search = historySearch(route.useSearch());
  const seesChain = useHasRole('admin', 'auditor');
  const isFiltered = Object.keys(search).length > 0;
  const listing = api.useInfiniteQuery('get', '/v1/history', { params: { query: search } }, pages);
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <a
          className={[button.button, button.secondary, button.normal].join(' ')}
          href={csvAddress(search)}
          download
        >
          <Download aria-hidden />
          {t('csv')}
        </a>
      }
    >
      {seesChain && <AuditChain />}
      <HistoryFilters search={search} />
      <DataTable
        label={t('title')}
        listing={listing}
        hrefOf={({ id }) => `/history/${id}`}
        empty={
          <Blank
            icon={<ScrollText aria-hidden />}
            title={isFiltered ? t('emptyFilter.title') : t('empty.title')}
          >
            {isFiltered ? t('emptyFilter.words') : t('empty.words')}
          </Blank>
        }
        columns={[
          {
            id: 'key',
            name: t('columns.key'),
            isRowHeader: true,
            cell: ({ keyName, kind }) => (
              <span className={styles.two}>
                {keyName ?? words('applications.unnamed')}
                <small>{words(`states.kind.${kind}`)}</small>
              </span>
            ),
          },
          {
            id: 'client',
            name: t('columns.client'),
            cell: ({ client, applicant }) => (
              <span className={styles.two}>
                {client?.name ?? '–'}
                <small>{words('reviews.by', { name: applicant.name })}</small>
              </span>
            ),
          },
          {
            id: 'state',
            name: t('columns.state'),
            cell: (row) => <ApplicationBadge state={row.state} />,
          },
          { id: 'decisions', name: t('columns.decisions'), cell: (row) => <Verdicts entry={row} /> },
          {
            id: 'submitted',
            name: t('columns.submitted'),
            cell: ({ submittedAt, round }) => (
              <span className={styles.two}>
                {submittedAt && <Moment at={submittedAt} />}
                {round > 1 && <small>{t('rounds', { count: round })}</small>}
              </span>
            ),
          },
        ]}
      />
    </Page>
  );
}

/** What its levels said in the last round. */
function Verdicts({ entry: { acts, round } }: { entry: Entry }) {
  const t = useTranslations('history');
  const given = acts.filter((act) => act.level !== null && act.round === round);
  if (given.length === 0) return <span className={styles.none}>{t('undecided')}</span>;
  return (
    <span className={styles.verdicts}>
      {given.map(({ level, act, by, at }) => (
        <span key={`${level} ${by.id} ${at}`}>
          <b>{level}</b> {t('act', { name: by.name, act: t(`acts.${act}`) })}
        </span>
      ))}
    </span>
  );
}
