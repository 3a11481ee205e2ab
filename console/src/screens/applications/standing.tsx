import { ClipboardCheck, PauseCircle, PenLine, PlugZap, Undo2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Schemas } from '../../api/client.ts';
import { useSession } from '../../api/session.tsx';
import { LinkButton } from '../../components/link-button.tsx';
import { Card } from '../../components/page.tsx';
import { Ago, Countdown, Moment, useNow } from '../../components/time.tsx';
import { ActButton, standingId } from './act-button.tsx';
import { Failing } from './failing.tsx';
import styles from './standing.module.css';

type Application = Schemas['Application'];

/** Where the application stands, what comes next and when, and what the reader can do about it. */
export function Standing({ application }: { application: Application }) {
  const t = useTranslations('application');
  const { state, stateName, stateSince, now, next, reason, levels } = application;
  const failing = state === 'issued' ? failingOf(application) : undefined;
  const due = levels.find(({ status }) => status === 'open')?.deadlines[0];
  const deadlines = useTranslations('content.levels.deadlines');
  return (
    <Card>
      <div className={styles.standing}>
        {/* A reason has its own place below. */}
        <output id={standingId} className={styles.now} tabIndex={-1}>
          {reason === null ? now : stateName}
        </output>
        {!failing && <p className={styles.next}>{next}</p>}
        <p className={styles.since}>
          {t.rich('since', { at: () => <Moment key="since" at={stateSince} /> })}
          {due && (
            <>
              {' · '}
              {deadlines.rich(due.event, { at: () => <Ago key="due" at={due.at} /> })}
            </>
          )}
        </p>
      </div>
      {state === 'issued' && <Leaving application={application} />}
      <Actions application={application} />
    </Card>
  );
}

/** The mail with the credentials, once it could not be sent. */
function failingOf({ mails, heldBy }: Application) {
  if (heldBy !== null) return undefined;
  return mails.find(
    ({ kind, state, attempts }) =>
      kind.startsWith('credentials') && state === 'sending' && attempts.some(({ succeeded }) => !succeeded),
  );
}

/** The time until the mail leaves, or why it has not left. */
function Leaving({ application }: { application: Application }) {
  const t = useTranslations('application');
  const { heldBy, deliveryDueAt } = application;
  const now = useNow(1_000);
  const failing = failingOf(application);
  if (failing) return <Failing mail={failing} />;
  if (heldBy !== null || deliveryDueAt === null) return null;
  if (Date.parse(deliveryDueAt) <= now.getTime()) return <p>{t('leaving')}</p>;
  return (
    <p className={styles.countdown}>
      <b>
        <Countdown until={deliveryDueAt} />
      </b>{' '}
      {t('leavesIn')}
    </p>
  );
}

/** What the API allows the reader; at most one of them is the primary one. */
function Actions({ application }: { application: Application }) {
  const t = useTranslations('application');
  const { person } = useSession();
  const { id, state, kind, actions, applicant, mails, key } = application;
  const may = (act: Application['actions'][number]) => actions.includes(act);
  const sent = mails.some((mail) => mail.kind.startsWith('credentials') && mail.state === 'sent');
  return (
    <div className={styles.actions}>
      {may('edit') && (
        <LinkButton
          to="/applications/$id/edit"
          params={{ id }}
          variant="primary"
          icon={<PenLine aria-hidden />}
        >
          {state === 'returned' ? t('edit.returned') : t('edit.draft')}
        </LinkButton>
      )}
      {may('approve') && (
        <LinkButton to="/reviews/$id" params={{ id }} variant="primary" icon={<ClipboardCheck aria-hidden />}>
          {t('decide')}
        </LinkButton>
      )}
      {state === 'delivered' && key && kind === 'apply' && person.id === applicant.id && (
        <LinkButton to="/try" search={{ key: key.id }} variant="primary" icon={<PlugZap aria-hidden />}>
          {t('tryIt')}
        </LinkButton>
      )}
      <ActButton id={id} act="release" isAllowed={may('release')} variant="primary" />
      <ActButton id={id} act="hold" isAllowed={may('hold')} icon={<PauseCircle aria-hidden />} />
      <ActButton id={id} act="resend" told="hurry" isAllowed={may('resend') && !sent} />
      <ActButton id={id} act="recall" isAllowed={may('recall')} isDanger />
      <ActButton id={id} act="withdraw" isAllowed={may('withdraw')} isDanger icon={<Undo2 aria-hidden />} />
    </div>
  );
}
