import { getRouteApi } from '@tanstack/react-router';
import { ExternalLink, Radio } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Schemas } from '../../api/client.ts';
import { ApplicationFacts } from '../../components/application-facts.tsx';
import { Back } from '../../components/back.tsx';
import { ApplicationBadge } from '../../components/badge.tsx';
import { Changes } from '../../components/changes.tsx';
import { Levels } from '../../components/levels.tsx';
import { Failed, Skeleton } from '../../components/outcomes.tsx';
import { Card, Page } from '../../components/page.tsx';
import { Timeline } from '../../components/timeline.tsx';
import { AddressChange } from './address.tsx';
import styles from './detail.module.css';
import { IssuedKey } from './issued-key.tsx';
import { useLiveApplication } from './live.ts';
import { Mails } from './mails.tsx';
import { Reasons } from './reasons.tsx';
import { Standing } from './standing.tsx';

const route = getRouteApi('/shell/applications/$id');

/** One application, followed live: where it stands, what comes next, what can be done about it, and how it came here. */
export function ApplicationDetail() {
  const { id } = route.useParams();
  // What was written in one's dialogs is not for another.
  return <Followed key={id} id={id} />;
}

function Followed({ id }: { id: string }) {
  const t = useTranslations('application');
  const { data, error, refetch, isLive } = useLiveApplication(id);
  if (data) return <Whole application={data} isLive={isLive} />;
  return (
    <Page title={t('untitled')} above={<Back to="/applications">{t('back')}</Back>}>
      {error ? <Failed error={error} retry={refetch} /> : <Skeleton lines={6} />}
    </Page>
  );
}

function Whole({
  application,
  isLive,
}: {
  application: Schemas['Application'];
  isLive: boolean | undefined;
}) {
  const t = useTranslations('application');
  const words = useTranslations();
  const { keyName, kind, client, state, heldBy, levels, changes, mails, timeline, workflowUrl } = application;
  return (
    <Page
      title={keyName ?? words('applications.unnamed')}
      above={<Back to="/applications">{t('back')}</Back>}
      lead={
        <span className={styles.lead}>
          <ApplicationBadge state={state} held={heldBy !== null} />
          {client
            ? t('for', { kind: words(`states.kind.${kind}`), client: client.name })
            : words(`states.kind.${kind}`)}
        </span>
      }
    >
      <div className={styles.columns}>
        <div className={styles.main}>
          <Standing application={application} />
          <Reasons application={application} />
          <AddressChange application={application} />
          <IssuedKey application={application} />
          {changes.some(({ fields }) => fields.length > 0) && (
            <Card title={t('changes')}>
              <Changes application={application} />
            </Card>
          )}
          <Card title={t('levels')}>
            {levels.length === 0 ? <p>{t('levelsLater')}</p> : <Levels application={application} />}
          </Card>
          <Card title={t('content')}>
            <ApplicationFacts application={application} />
          </Card>
          {mails.length > 0 && <Mails application={application} />}
          {workflowUrl && (
            <a className={styles.workflow} href={workflowUrl} target="_blank" rel="noreferrer">
              <ExternalLink aria-hidden /> {t('workflow')}
            </a>
          )}
        </div>
        <div className={styles.aside}>
          <Card title={t('timeline')} actions={<Liveness isLive={isLive} />}>
            <Timeline entries={timeline} label={t('timeline')} />
          </Card>
        </div>
      </div>
    </Page>
  );
}

/** Whether what is shown is shown as it happens. */
function Liveness({ isLive }: { isLive: boolean | undefined }) {
  const t = useTranslations('application');
  // While the stream is first asked for there is nothing to tell.
  if (isLive === undefined) return null;
  return (
    <output className={[styles.liveness, isLive ? styles.live : ''].join(' ')}>
      <Radio aria-hidden /> {isLive ? t('live') : t('notLive')}
    </output>
  );
}
