import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, type Schemas } from '../../api/client.ts';
import { ApplicationFacts } from '../../components/application-facts.tsx';
import { Back } from '../../components/back.tsx';
import { ApplicationBadge, Badge } from '../../components/badge.tsx';
import { Changes } from '../../components/changes.tsx';
import { Levels } from '../../components/levels.tsx';
import { Failed, Skeleton } from '../../components/outcomes.tsx';
import { Card, Page } from '../../components/page.tsx';
import { Timeline } from '../../components/timeline.tsx';
import { AddressDecision } from './address-decision.tsx';
import { ClientKeys } from './client-keys.tsx';
import styles from './decision.module.css';
import { DecisionCard } from './decision-card.tsx';

type Application = Schemas['Application'];

const route = getRouteApi('/shell/reviews/$id');

/** One decision: everything that it needs on one page. The mails that ask for it lead here. */
export function DecisionPage() {
  const { id } = route.useParams();
  // Another application is another page: nothing that was written for one may be sent for the next.
  return <Loaded key={id} id={id} />;
}

function Loaded({ id }: { id: string }) {
  const t = useTranslations('reviews.decision');
  const { data, error, refetch } = api.useQuery(
    'get',
    '/v1/applications/{id}',
    { params: { path: { id } } },
    { refetchInterval: 20_000 },
  );
  if (data) return <Decision latest={data} />;
  return (
    <Page title={t('form')} above={<Back to="/reviews">{t('back')}</Back>}>
      {error ? <Failed error={error} retry={refetch} /> : <Skeleton lines={8} />}
    </Page>
  );
}

/** Whether a decision on what was seen would still be one on what there is now. */
function isSame(seen: Application, now: Application): boolean {
  return (['state', 'level', 'round', 'digest'] as const).every((field) => seen[field] === now[field]);
}

/**
 * What was seen stays on the page until the reviewer looks again: a decision is about exactly that, so nothing may change
 * under their hands without a word.
 */
function Decision({ latest }: { latest: Application }) {
  const t = useTranslations('reviews.decision');
  const words = useTranslations();
  const [seen, setSeen] = useState(latest);
  const shown = isSame(seen, latest) ? latest : seen;
  const { keyName, kind, client, applicant, state, heldBy } = shown;
  return (
    <Page
      title={keyName ?? words('applications.unnamed')}
      above={<Back to="/reviews">{t('back')}</Back>}
      lead={
        <span className={styles.lead}>
          <ApplicationBadge state={state} held={heldBy !== null} />
          <Badge>{words(`states.kind.${kind}`)}</Badge>
          {t('lead', { client: client?.name ?? '', applicant: applicant.name })}
        </span>
      }
    >
      <div className={styles.columns}>
        <div className={styles.evidence}>
          <Changed application={shown} />
          <Card title={t('asked')}>
            <ApplicationFacts application={shown} />
          </Card>
          <Card title={t('levels')}>
            <Levels application={shown} />
          </Card>
          <ClientKeys application={shown} />
          <Card title={t('record')}>
            <Timeline entries={shown.timeline} label={t('record')} />
          </Card>
        </div>
        <div className={styles.form}>
          <DecisionCard
            shown={shown}
            latest={latest}
            isStale={shown !== latest}
            onLookAgain={() => setSeen(latest)}
            onDecided={setSeen}
          />
          <AddressDecision application={latest} />
        </div>
      </div>
    </Page>
  );
}

/** What is different now, and what it had been returned for; nothing where all is new. */
function Changed({ application }: { application: Application }) {
  const t = useTranslations('reviews.decision');
  const { changes, timeline, round } = application;
  if (changes.length === 0) return null;
  const returned = round > 1 && timeline.findLast(({ action }) => action === 'application.returned');
  return (
    <Card title={t('changed')}>
      {returned && returned.comment && (
        <figure className={styles.quote}>
          <figcaption>{t('returnedBy', { name: returned.by.name })}</figcaption>
          <blockquote>{returned.comment}</blockquote>
        </figure>
      )}
      <Changes application={application} />
    </Card>
  );
}
