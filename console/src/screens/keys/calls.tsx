import { lazy, Suspense } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { api, type Schemas } from '../../api/client.ts';
import { useDates } from '../../components/dates.ts';
import { Failed, Skeleton } from '../../components/outcomes.tsx';
import styles from './detail.module.css';

// Drawing takes a library that nothing else here needs.
const CallsChart = lazy(() => import('./calls-chart.tsx'));
const shown = 30;

/** How many calls passed and were refused on each of the last days: in words, as bars, and as a table. */
export function Calls({ id }: { id: string }) {
  const t = useTranslations('keys.use');
  const { data, error, refetch } = api.useQuery('get', '/v1/keys/{id}/calls', { params: { path: { id } } });
  if (!data) return error ? <Failed error={error} retry={refetch} /> : <Skeleton lines={6} />;
  const days = data.items.slice(-shown);
  const [passed, refused] = [sum(days, 'passed'), sum(days, 'refused')];
  if (passed + refused === 0) return <p className={styles.soft}>{t('none', { days: shown })}</p>;
  return (
    <figure className={styles.figure}>
      <figcaption>{t('summary', { passed, refused, days: shown })}</figcaption>
      <Suspense fallback={<div className={styles.chart} />}>
        <CallsChart days={days} />
      </Suspense>
      <div className={styles.legend} aria-hidden>
        <Swatch colour="var(--accent)">{t('passed')}</Swatch>
        <Swatch colour="var(--bad)">{t('refused')}</Swatch>
      </div>
      <details className={styles.disclosure}>
        <summary>{t('table')}</summary>
        <Table days={days} />
      </details>
    </figure>
  );
}

function sum(days: readonly Schemas['DayOfCalls'][], of: 'passed' | 'refused'): number {
  return days.reduce((total, day) => total + day[of], 0);
}

function Swatch({ colour, children }: { colour: string; children: string }) {
  return (
    <span>
      <svg viewBox="0 0 1 1">
        <rect width="1" height="1" fill={colour} />
      </svg>
      {children}
    </span>
  );
}

function Table({ days }: { days: readonly Schemas['DayOfCalls'][] }) {
  const t = useTranslations('keys.use');
  const { day: dayWords } = useDates();
  const { number } = useFormatter();
  return (
    // Scrolled by keyboard, so it can be focused.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles.table} tabIndex={0} aria-label={t('calls')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('day')}</th>
            <th scope="col">{t('passed')}</th>
            <th scope="col">{t('refused')}</th>
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map(({ day, passed, refused }) => (
            <tr key={day}>
              <th scope="row">{dayWords(day)}</th>
              <td>{number(passed)}</td>
              <td>{number(refused)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
