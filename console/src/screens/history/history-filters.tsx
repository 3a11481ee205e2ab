import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '../../api/client.ts';
import { useSession } from '../../api/session.tsx';
import { Button } from '../../components/button.tsx';
import { ClientFilter } from '../../components/client-filter.tsx';
import { ColleagueField } from '../../components/colleague-field.tsx';
import { DateField } from '../../components/date-field.tsx';
import { SearchField, Select } from '../../components/fields.tsx';
import { Filters } from '../../components/filters.tsx';
import { useSettled } from '../../components/settled.ts';
import styles from './approvals.module.css';
import { type HistorySearch, kinds, submittedStates } from './search.ts';

/** What the history is searched for. It stands in the address, so that a selection can be kept, and sent to somebody. */
export function HistoryFilters({ search }: { search: HistorySearch }) {
  const t = useTranslations('history.filters');
  const words = useTranslations();
  const { person } = useSession();
  const navigate = useNavigate({ from: '/history' });
  const [isOpen, setOpen] = useState(() =>
    ['clientId', 'applicantId', 'reviewerId', 'from', 'to'].some((name) => name in search),
  );
  // Names of others are for those who review, or see everything; an applicant's history is their own.
  const knowsOthers = person.roles.some((role) => role !== 'applicant');
  const set = (change: { [K in keyof HistorySearch]?: HistorySearch[K] | null | undefined }) =>
    void navigate({
      search: (before) =>
        Object.fromEntries(
          Object.entries({ ...before, ...change }).filter(
            ([, value]) => value !== null && value !== undefined && value !== '',
          ),
        ),
      replace: true,
    });
  const all = { id: 'all' as const, name: words('common.all') };
  return (
    <div className={styles.filters}>
      <Filters>
        <Text value={search.q ?? ''} onChange={(q) => set({ q })} />
        <Select
          label={t('kind')}
          value={search.kind ?? 'all'}
          onChange={(kind) => set({ kind: kind === 'all' ? null : kind })}
          options={[all, ...kinds.map((id) => ({ id, name: words(`states.kind.${id}`) }))]}
        />
        <Select
          label={t('state')}
          value={search.state ?? 'all'}
          onChange={(state) => set({ state: state === 'all' ? null : state })}
          options={[all, ...submittedStates.map((id) => ({ id, name: words(`states.application.${id}`) }))]}
        />
        <Button aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
          {t('more')}
        </Button>
        {Object.keys(search).length > 0 && (
          <Button variant="quiet" onPress={() => void navigate({ search: {}, replace: true })}>
            {t('clear')}
          </Button>
        )}
      </Filters>
      {isOpen && (
        <search className={styles.more}>
          <ClientFilter id={search.clientId} onChange={(clientId) => set({ clientId })} />
          {knowsOthers && (
            <>
              <Person
                label={t('applicant')}
                id={search.applicantId}
                onChange={(applicantId) => set({ applicantId })}
              />
              <Person
                label={t('reviewer')}
                id={search.reviewerId}
                onChange={(reviewerId) => set({ reviewerId })}
              />
            </>
          )}
          <DateField label={t('from')} value={search.from ?? null} onChange={(from) => set({ from })} />
          <DateField
            label={t('to')}
            value={search.to ?? null}
            onChange={(to) => set({ to })}
            error={search.from && search.to && search.to < search.from ? t('order') : undefined}
          />
        </search>
      )}
    </div>
  );
}

/** Searches while somebody writes, once they pause. */
function Text({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useTranslations('history.filters');
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const settled = useSettled(text);
  // Another address, by the browser's way back or a link, is another text.
  if (known !== value) {
    setKnown(value);
    if (settled !== value) setText(value);
  }
  useEffect(() => {
    if (settled === text && settled !== value) onChange(settled);
    // oxlint-disable-next-line react/exhaustive-deps -- only what was written sends; what the address says does not
  }, [settled]);
  return <SearchField label={t('q')} value={text} onChange={setText} />;
}

function Person({
  label,
  id,
  onChange,
}: {
  label: string;
  id: string | undefined;
  onChange: (id: string | null) => void;
}) {
  const [picked, setPicked] = useState<{ id: string; name: string } | null>(null);
  // The address has only the id.
  const { data } = api.useQuery(
    'get',
    '/v1/colleagues',
    { params: { query: { q: id ?? '', limit: 20 } } },
    { enabled: id !== undefined && picked?.id !== id },
  );
  const name =
    picked?.id === id ? picked?.name : data && (data.items.find((each) => each.id === id)?.name ?? id);
  return (
    <ColleagueField
      label={label}
      optional
      enabledOnly={false}
      value={id === undefined || name === undefined ? null : { id, name }}
      onChange={(person) => {
        setPicked(person);
        onChange(person?.id ?? null);
      }}
    />
  );
}
