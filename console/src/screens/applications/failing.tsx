import { useTranslations } from 'use-intl';
import type { Schemas } from '../../api/client.ts';
import { Notice } from '../../components/notice.tsx';
import { Countdown, useNow } from '../../components/time.tsx';
import styles from './mails.module.css';

/** A mail that could not be sent: what the mail server said, and when it is tried again. */
export function Failing({ mail: { attempts, nextAttemptAt } }: { mail: Schemas['Mail'] }) {
  const t = useTranslations('application.failing');
  const now = useNow(1_000);
  const last =
    attempts.findLast(({ endedAt, succeeded }) => endedAt !== null && !succeeded) ?? attempts.at(-1);
  const count = String(last?.number ?? attempts.length);
  const waits = nextAttemptAt !== null && Date.parse(nextAttemptAt) > now.getTime();
  return (
    <Notice tone="wait" title={t('title')}>
      <p>{last?.answer ? t('words', { count }) : t('silent', { count })}</p>
      {last?.answer && <code className={styles.answer}>{last.answer}</code>}
      <p>
        {waits ? t.rich('next', { in: () => <Countdown key="next" until={nextAttemptAt} /> }) : t('soon')}
      </p>
    </Notice>
  );
}
