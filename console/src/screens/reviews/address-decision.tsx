import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, type Schemas } from '../../api/client.ts';
import { retryKey } from '../../api/retry-key.ts';
import { Button } from '../../components/button.tsx';
import { Actions } from '../../components/dialog.tsx';
import { TextField } from '../../components/fields.tsx';
import { useFocusOnce } from '../../components/focus-once.ts';
import { Notice } from '../../components/notice.tsx';
import { Refused } from '../../components/outcomes.tsx';
import { Card } from '../../components/page.tsx';
import { tell } from '../../components/toasts.ts';
import styles from './decision.module.css';
import { useSettle } from './waiting-list.ts';

type Application = Schemas['Application'];
type Change = NonNullable<Application['addressChange']>;

/**
 * A wish for another address that waits for the person's decision, and then what became of it; mails about it lead to the same
 * page. The wish that was seen stays until it is decided, so that nobody approves an address that they did not read.
 */
export function AddressDecision({ application }: { application: Application }) {
  const t = useTranslations('reviews.decision');
  const { id, addressChange: change, actions } = application;
  const isMine = actions.includes('approve-address');
  const [seen, setSeen] = useState<Change>();
  const isSame = seen?.createdAt === change?.createdAt;
  if (change && change !== seen && (isSame || (isMine && seen?.state !== 'pending'))) setSeen(change);
  if (!seen) return null;
  if (!isSame) {
    return (
      <Notice
        tone="bad"
        title={t('stale.title')}
        actions={
          <Button variant="primary" onPress={() => setSeen(isMine && change ? change : undefined)}>
            {t('stale.again')}
          </Button>
        }
      >
        <p>{t('address.other')}</p>
        <p>{t('stale.unsent')}</p>
      </Notice>
    );
  }
  return (
    <Card title={t('address.title')}>
      <p>{t('address.words', { name: seen.requestedBy.name, email: seen.email })}</p>
      <blockquote className={styles.comment}>{seen.comment}</blockquote>
      {seen.approvals.needed > 1 && <p>{t('address.approvals', seen.approvals)}</p>}
      {isMine ? <Form key={seen.createdAt} id={id} email={seen.email} /> : <Outcome change={seen} />}
    </Card>
  );
}

function Form({ id, email }: { id: string; email: string }) {
  const t = useTranslations('reviews.decision.address');
  const settle = useSettle();
  const [key] = useState(retryKey);
  const [comment, setComment] = useState('');
  const [isChecked, setChecked] = useState(false);
  const decide = api.useMutation('post', '/v1/applications/{id}/address/decisions');

  const send = async (verdict: 'approve' | 'deny') => {
    setChecked(verdict === 'deny');
    if (verdict === 'deny' && comment.trim() === '') return;
    const answer = await decide
      .mutateAsync({
        params: { path: { id }, header: { 'idempotency-key': key } },
        body: { verdict, email, comment },
      })
      .catch(() => undefined);
    if (answer) tell(t(verdict === 'approve' ? 'approved' : 'denied'));
    await settle();
  };
  return (
    <>
      <TextField
        label={t('comment')}
        multiline
        value={comment}
        onChange={setComment}
        maxLength={2_000}
        error={isChecked && comment.trim() === '' ? t('commentMissing') : undefined}
      />
      <Refused error={decide.error} />
      <Actions>
        <Button variant="danger" isDisabled={decide.isPending} onPress={() => void send('deny')}>
          {t('deny')}
        </Button>
        <Button variant="primary" isPending={decide.isPending} onPress={() => void send('approve')}>
          {t('approve')}
        </Button>
      </Actions>
    </>
  );
}

/** What became of it, in place of the form that had the focus. */
function Outcome({ change: { state, outcome } }: { change: Change }) {
  const t = useTranslations('application.address');
  const here = useFocusOnce<HTMLDivElement>();
  if (state === 'pending') return null;
  return (
    <div ref={here} tabIndex={-1} className={styles.outcome}>
      <Notice tone={state === 'denied' ? 'info' : 'good'}>
        <p>{t(state === 'denied' && !outcome ? 'takenBack' : state)}</p>
        {outcome && <blockquote className={styles.comment}>{outcome}</blockquote>}
      </Notice>
    </div>
  );
}
