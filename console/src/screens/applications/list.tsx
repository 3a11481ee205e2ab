import { FilePlus2, Files } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, pages, type Schemas } from '../../api/client.ts';
import { useHasRole } from '../../api/session.tsx';
import { ApplicationBadge } from '../../components/badge.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Select } from '../../components/fields.tsx';
import { Filters } from '../../components/filters.tsx';
import { LinkButton } from '../../components/link-button.tsx';
import { Blank } from '../../components/outcomes.tsx';
import { Page } from '../../components/page.tsx';
import { Ago } from '../../components/time.tsx';
import { states } from '../../i18n/en/states.ts';

type State = Schemas['ApplicationSummary']['state'];
const allStates = Object.keys(states.application).filter((state) => state !== 'held') as State[];

/** Applications, newest first, by state. */
export function ApplicationList() {
  const t = useTranslations('applications');
  const words = useTranslations();
  const mayApply = useHasRole('applicant');
  const [state, setState] = useState<State | 'all'>('all');
  const listing = api.useInfiniteQuery(
    'get',
    '/v1/applications',
    { params: { query: state === 'all' ? {} : { state } } },
    pages,
  );
  const apply = mayApply && (
    <LinkButton to="/applications/new" variant="primary" icon={<FilePlus2 aria-hidden />}>
      {t('apply')}
    </LinkButton>
  );
  return (
    <Page title={t('title')} lead={t('lead')} actions={apply}>
      <Filters>
        <Select
          label={t('state')}
          value={state}
          onChange={setState}
          options={[
            { id: 'all' as const, name: words('common.all') },
            ...allStates.map((id) => ({ id, name: words(`states.application.${id}`) })),
          ]}
        />
      </Filters>
      <DataTable
        label={t('title')}
        listing={listing}
        hrefOf={({ id }) => `/applications/${id}`}
        empty={
          state === 'all' ? (
            <Blank icon={<Files aria-hidden />} title={t('empty.title')} actions={apply}>
              {t('empty.words')}
            </Blank>
          ) : (
            <Blank icon={<Files aria-hidden />} title={t('emptyFilter.title')}>
              {t('emptyFilter.words')}
            </Blank>
          )
        }
        columns={[
          {
            id: 'name',
            name: t('columns.name'),
            isRowHeader: true,
            cell: ({ keyName }) => keyName ?? t('unnamed'),
          },
          { id: 'client', name: t('columns.client'), cell: ({ client }) => client?.name ?? '–' },
          { id: 'state', name: t('columns.state'), cell: (row) => <ApplicationBadge state={row.state} /> },
          { id: 'now', name: t('columns.now'), cell: ({ now }) => now },
          { id: 'since', name: t('columns.since'), cell: ({ stateSince }) => <Ago at={stateSince} /> },
        ]}
      />
    </Page>
  );
}
