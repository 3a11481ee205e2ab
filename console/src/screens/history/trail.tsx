import { getRouteApi } from '@tanstack/react-router';
import { CircleDot, Mail, Signature } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { api, type Schemas } from '../../api/client.ts';
import { ApplicationFacts } from '../../components/application-facts.tsx';
import { Back } from '../../components/back.tsx';
import { ApplicationBadge, Badge } from '../../components/badge.tsx';
import { Choice } from '../../components/fields.tsx';
import { Levels } from '../../components/levels.tsx';
import { LinkButton } from '../../components/link-button.tsx';
import { Failed, Skeleton } from '../../components/outcomes.tsx';
import { Card, Page } from '../../components/page.tsx';
import styles from './trail.module.css';

type Entry = Schemas['TrailEntry'];
type Source = Entry['source'];

const route = getRouteApi('/shell/history/$id');
const sources = ['all', 'audit', 'signal', 'mail'] as const;
const icons: Record<Source, ReactNode> = {
  audit: <CircleDot aria-hidden />,
  signal: <Signature aria-hidden />,
  mail: <Mail aria-hidden />,
};

/** All that is on record about one application. */
export function TrailPage() {
  const t = useTranslations('history.trail');
  const words = useTranslations();
  const { id } = route.useParams();
  const where = { params: { path: { id } } };
  const { data: application, error, refetch } = api.useQuery('get', '/v1/applications/{id}', where);
  const trail = api.useQuery('get', '/v1/applications/{id}/trail', where);
  const back = <Back to="/history">{t('back')}</Back>;
  if (!application) {
    return (
      <Page title={t('title')} above={back}>
        {error ? <Failed error={error} retry={refetch} /> : <Skeleton lines={8} />}
      </Page>
    );
  }
  const { keyName, kind, state, heldBy } = application;
  return (
    <Page
      title={keyName ?? words('applications.unnamed')}
      above={back}
      lead={
        <span className={styles.lead}>
          <ApplicationBadge state={state} held={heldBy !== null} />
          <Badge>{words(`states.kind.${kind}`)}</Badge>
          <code>{id}</code>
        </span>
      }
      actions={
        <LinkButton to="/applications/$id" params={{ id }}>
          {t('application')}
        </LinkButton>
      }
    >
      <div className={styles.columns}>
        <Card title={t('title')}>
          <p className={styles.soft}>{t('lead')}</p>
          {trail.data ? (
            <Trail entries={trail.data.items} />
          ) : trail.error ? (
            <Failed error={trail.error} retry={trail.refetch} />
          ) : (
            <Skeleton lines={8} />
          )}
        </Card>
        <div className={styles.beside}>
          <Card title={t('decisions')}>
            <Levels application={application} />
          </Card>
          <Card title={t('asked')}>
            <ApplicationFacts application={application} />
          </Card>
        </div>
      </div>
    </Page>
  );
}

function Trail({ entries }: { entries: readonly Entry[] }) {
  const t = useTranslations('history.trail');
  const format = useFormatter();
  const [source, setSource] = useState<(typeof sources)[number]>('all');
  const shown = entries.filter((entry) => source === 'all' || entry.source === source);
  return (
    <>
      <Choice
        label={t('show')}
        value={source}
        onChange={setSource}
        orientation="horizontal"
        options={sources.map((id) => ({ id, name: t(`sources.${id}`) }))}
      />
      {shown.length === 0 && <p className={styles.soft}>{t('empty')}</p>}
      <ol className={styles.trail} aria-label={t('title')}>
        {shown.map(({ source: from, at, words, by, via, comment, seq, id, outcome }, index) => (
          <li key={`${from} ${seq ?? id} ${at} ${index}`}>
            <span className={styles.mark}>{icons[from]}</span>
            <div>
              <p>{words}</p>
              {comment && <blockquote>{comment}</blockquote>}
              {from === 'mail' && outcome && <code>{outcome}</code>}
              <small>
                <time dateTime={at}>
                  {format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'medium' })}
                </time>
                {by && ` · ${by.name}`}
                {via && ` · ${t('via', { via })}`}
                {seq !== null && ` · ${t('row', { seq })}`}
              </small>
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}
