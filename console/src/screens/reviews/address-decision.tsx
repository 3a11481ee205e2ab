import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, type Schemas } from '../../api/client.ts';
import { retryKey } from '../../api/retry-key.ts';
import { Button } from '../../components/button.tsx';
import { Actions } from '../../components/dialog.tsx';
import { TextField } from '../../components/fields.tsx';
import { Refused } from '../../components/outcomes.tsx';
import { Card } from '../../components/page.tsx';
import { tell } from '../../components/toasts.ts';
import { useSettle } from './waiting-list.ts';

type Application = Schemas['Application'];

/** A wish for another address that waits for the person's decision; mails about it lead to the same page. */
export function AddressDecision({ application }: { application: Application }) {
  const t = useTranslations('reviews.decision.address');
  const settle = useSettle();
  const [key] = useState(retryKey);
  const [comment, setComment] = useState('');
  const [isChecked, setChecked] = useState(false);
  const decide = api.useMutation('post', '/v1/applications/{id}/address/decisions');
  const { id, addressChange } = application;
  if (!addressChange || !application.actions.includes('approve-address')) return null;
  const { email, requestedBy, approvals, comment: wish } = addressChange;

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
    <Card title={t('title')}>
      <p>{t('words', { name: requestedBy.name, email })}</p>
      <blockquote style={{ margin: 0 }}>{wish}</blockquote>
      {approvals.needed > 1 && <p>{t('approvals', approvals)}</p>}
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
    </Card>
  );
}
