import { useParams } from '@tanstack/react-router';
import { FlaskConical } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, type Schemas } from '../../api/client.ts';
import { Back } from '../../components/back.tsx';
import { KeyBadge } from '../../components/badge.tsx';
import { LinkButton } from '../../components/link-button.tsx';
import { Failed, Skeleton } from '../../components/outcomes.tsx';
import { Card, Page } from '../../components/page.tsx';
import { About } from './about.tsx';
import type { Asked } from './act.ts';
import { ActDialog } from './act-dialog.tsx';
import { Acts } from './acts.tsx';
import styles from './detail.module.css';
import { DgrkDialog } from './dgrk-dialog.tsx';
import { Pair } from './pair.tsx';
import { RotateDialog } from './rotate-dialog.tsx';
import { Standing } from './standing.tsx';
import { KeyTrail } from './trail.tsx';
import { Use } from './use.tsx';

/** How often a key is looked at anew: soon while a secret is on its way, else as its calls are counted. */
const everyMs = { waiting: 5_000, quiet: 30_000 };

/** One key: where it stands, how it is used, what it opens, and what can be done about it. */
export function KeyDetail() {
  const t = useTranslations('keys');
  const { id } = useParams({ from: '/shell/keys/$id' });
  const { data, error, refetch } = api.useQuery(
    'get',
    '/v1/keys/{id}',
    { params: { path: { id } } },
    {
      refetchInterval: ({ state }) =>
        state.data?.rotation?.handedOver === false ? everyMs.waiting : everyMs.quiet,
    },
  );
  const above = <Back to="/keys">{t('back')}</Back>;
  if (data) return <Shown value={data} above={above} />;
  return (
    <Page title={t('title')} above={above}>
      {error ? <Failed error={error} retry={refetch} /> : <Skeleton lines={8} />}
    </Page>
  );
}

function Shown({ value, above }: { value: Schemas['Key']; above: React.ReactNode }) {
  const t = useTranslations('keys');
  const [asked, setAsked] = useState<Asked>();
  const standing = useRef<HTMLElement>(null);
  const close = () => setAsked(undefined);
  // What was pressed may be gone; what has changed is told there. After the dialog has given the focus back.
  const show = () => setTimeout(() => standing.current?.focus(), 50);
  const { id, name, client, state, apiKey, apis } = value;
  return (
    <Page
      title={name}
      above={above}
      lead={
        <span className={styles.lead}>
          <KeyBadge state={state} />
          {client.name}
        </span>
      }
      actions={
        <LinkButton to="/try" search={{ key: id }} variant="primary" icon={<FlaskConical aria-hidden />}>
          {t('tryIt')}
        </LinkButton>
      }
    >
      <section ref={standing} tabIndex={-1} aria-label={t('standing.heading')} className={styles.standing}>
        <Standing value={value} onAsk={setAsked} />
      </section>
      <div className={styles.columns}>
        <div className={styles.column}>
          <Use value={value} />
          <About value={value} />
          <Card title={t('apis.title')}>
            <ul className={styles.apis}>
              {apis.map((each) => (
                <li key={each.id}>
                  <span>
                    {each.name}
                    <br />
                    <code>
                      {each.method} {each.path}
                    </code>
                  </span>
                  <LinkButton
                    to="/try"
                    search={{ key: id, api: each.id }}
                    size="small"
                    variant="quiet"
                    aria-label={t('apis.try', { name: each.name })}
                  >
                    {t('tryIt')}
                  </LinkButton>
                </li>
              ))}
            </ul>
          </Card>
        </div>
        <div className={styles.column}>
          <Pair apiKey={apiKey} />
          <Acts value={value} onAsk={setAsked} />
          <KeyTrail id={id} />
        </div>
      </div>
      {asked === 'rotation' && <RotateDialog id={id} onClose={close} onDone={show} />}
      {asked === 'dgrk' && <DgrkDialog value={value} onClose={close} onDone={show} />}
      {asked !== undefined && asked !== 'rotation' && asked !== 'dgrk' && (
        <ActDialog id={id} act={asked} onClose={close} onDone={show} />
      )}
    </Page>
  );
}
