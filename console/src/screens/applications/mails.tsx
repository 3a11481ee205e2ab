import { RotateCw } from 'lucide-react';
import { useFormatter, useTranslations } from 'use-intl';
import type { Schemas } from '../../api/client.ts';
import { Card } from '../../components/page.tsx';
import { Moment } from '../../components/time.tsx';
import { ActButton } from './act-button.tsx';
import { AskForAddress } from './address.tsx';
import styles from './mails.module.css';

type Mail = Schemas['Mail'];

/** Every mail about the application, newest first, with each attempt and what the mail server said. */
export function Mails({ application }: { application: Schemas['Application'] }) {
  const t = useTranslations('application.mails');
  const words = useTranslations('mails');
  const { id, mails, actions, link } = application;
  const sent = mails.some(({ kind, state }) => kind.startsWith('credentials') && state === 'sent');
  return (
    <Card title={t('title')}>
      <div className={styles.actions}>
        <ActButton
          id={id}
          act="resend"
          told={link ? 'resend-link' : 'resend'}
          isAllowed={sent && actions.includes('resend')}
          icon={<RotateCw aria-hidden />}
          size="small"
        />
        <AskForAddress application={application} />
      </div>
      <ul className={styles.mails}>
        {mails.toReversed().map((mail) => (
          <li key={mail.messageId}>
            <p>
              <b>{words(`kinds.${mail.kind}`)}</b>{' '}
              <span className={styles.soft}>
                {t.rich('to', { addresses: () => <Addresses key="to" all={mail.to} /> })}
              </span>
            </p>
            <p>
              <State mail={mail} application={application} />
            </p>
            {mail.attempts.length > 0 && <Attempts attempts={mail.attempts} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Each stays in one piece where it can. */
function Addresses({ all }: { all: readonly string[] }) {
  return all.map((address, at) => (
    <span key={address}>
      {at > 0 && ', '}
      <span className={styles.address}>{address}</span>
    </span>
  ));
}

function State({
  mail: { kind, state, sentAt, dueAt, nextAttemptAt },
  application: { state: stage, deliveryDueAt, heldBy },
}: {
  mail: Mail;
  application: Schemas['Application'];
}) {
  const t = useTranslations('application.mails');
  const format = useFormatter();
  const moment = (at: string) => format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'medium' });
  if (state === 'sent' && sentAt) return t('sent', { at: moment(sentAt) });
  if (state === 'sending' && nextAttemptAt) return t('next', { at: moment(nextAttemptAt) });
  const isFirst = stage === 'issued' && kind.startsWith('credentials') && dueAt === null;
  if ((state === 'queued' || state === 'sending') && isFirst && heldBy !== null) return t('held');
  const due = isFirst ? deliveryDueAt : dueAt;
  if (state === 'queued' && due) return t('due', { at: moment(due) });
  return state === 'sent' ? null : t(state);
}

function Attempts({ attempts }: { attempts: Mail['attempts'] }) {
  const t = useTranslations('application.mails');
  return (
    <details className={styles.attempts}>
      <summary>{t('attempts', { count: attempts.length })}</summary>
      <ol>
        {attempts.toReversed().map(({ number, startedAt, succeeded, answer }) => (
          <li key={number}>
            {number}. <Moment at={startedAt} />:{' '}
            {succeeded === null ? t('cutOff') : succeeded ? t('taken') : t('failed')}
            {answer && <code className={styles.answer}>{answer}</code>}
          </li>
        ))}
      </ol>
    </details>
  );
}
