import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { rest, type Schemas } from '../../api/client.ts';
import { useSession } from '../../api/session.tsx';
import { TextField } from '../../components/fields.tsx';
import { Notice } from '../../components/notice.tsx';
import { Asking } from './act-button.tsx';
import { useAct } from './acts.ts';
import styles from './mails.module.css';

type Application = Schemas['Application'];

/** Asks that the credentials go to another address, which the reviewers of the last level decide on. */
export function AskForAddress({ application: { id, actions, link } }: { application: Application }) {
  const t = useTranslations('application');
  const does = useAct(id);
  const [email, setEmail] = useState('');
  const [comment, setComment] = useState('');
  return (
    <Asking
      isAllowed={actions.includes('correct-address')}
      action={t('acts.correct-address')}
      size="small"
      onConfirm={() =>
        does('correct-address', (params) =>
          rest.POST('/v1/applications/{id}/address', { params, body: { email: email.trim(), comment } }),
        )
      }
    >
      {(errors) => (
        <>
          <p>{t(link ? 'ask.correct-address-link' : 'ask.correct-address', { people: t('lastLevel') })}</p>
          <TextField
            label={t('email')}
            type="email"
            error={errors['email']}
            value={email}
            onChange={setEmail}
          />
          <TextField
            label={t('comment')}
            hint={t('commentHint')}
            error={errors['comment']}
            multiline
            maxLength={2000}
            value={comment}
            onChange={setComment}
          />
        </>
      )}
    </Asking>
  );
}

/** The latest wish for another address: who wants it and why, and the decision for those who may make it. */
export function AddressChange({ application }: { application: Application }) {
  const t = useTranslations('application.address');
  const format = useFormatter();
  const { addressChange: change } = application;
  if (!change) return null;
  const { state, email, requestedBy, comment, approvals, waitingFor, outcome } = change;
  return (
    <Notice
      tone={state === 'pending' ? 'wait' : 'info'}
      title={t('title')}
      // Another wish is another question: nothing that was begun for the one before is sent for it.
      actions={<Decide key={change.createdAt} application={application} change={change} />}
    >
      <p>{t('asks', { name: requestedBy.name, email })}</p>
      <p className={styles.quote}>{comment}</p>
      {state === 'pending' ? (
        <p>
          {approvals.needed > 1 &&
            `${t('approvals', { given: String(approvals.given), needed: String(approvals.needed) })}. `}
          {waitingFor.length > 0 &&
            t('waiting', {
              people: format.list(
                waitingFor.map(({ name }) => name),
                { type: 'disjunction' },
              ),
            })}
        </p>
      ) : (
        // A denial has a reason, and so what has none was taken back.
        <p>{t(state === 'denied' && !outcome ? 'takenBack' : state)}</p>
      )}
      {outcome && <p className={styles.quote}>{outcome}</p>}
    </Notice>
  );
}

function Decide({
  application: { id, actions, applicant, link },
  change: { email, requestedBy },
}: {
  application: Application;
  change: NonNullable<Application['addressChange']>;
}) {
  const { person } = useSession();
  const own = person.id === applicant.id || person.id === requestedBy.id;
  return (
    <>
      <Verdict
        id={id}
        email={email}
        verdict="approve"
        told="approve-address"
        ask={link ? 'approve-address-link' : 'approve-address'}
        isAllowed={actions.includes('approve-address')}
      />
      <Verdict
        id={id}
        email={email}
        verdict="deny"
        told={own ? 'take-back' : 'deny-address'}
        ask={own ? 'take-back' : 'deny-address'}
        isAllowed={actions.includes('deny-address')}
      />
    </>
  );
}

function Verdict({
  id,
  email,
  verdict,
  told,
  ask,
  isAllowed,
}: {
  id: string;
  email: string;
  verdict: 'approve' | 'deny';
  told: 'approve-address' | 'deny-address' | 'take-back';
  ask: 'approve-address' | 'approve-address-link' | 'deny-address' | 'take-back';
  isAllowed: boolean;
}) {
  const t = useTranslations('application');
  const does = useAct(id);
  const [comment, setComment] = useState('');
  const written = comment.trim() === '' ? {} : { comment };
  const body = verdict === 'approve' ? { verdict, email, ...written } : { verdict, ...written };
  return (
    <Asking
      isAllowed={isAllowed}
      action={t(`acts.${told}`)}
      size="small"
      isDanger={verdict === 'deny'}
      onConfirm={() =>
        does(told, (params) => rest.POST('/v1/applications/{id}/address/decisions', { params, body }))
      }
    >
      {(errors) => (
        <>
          <p>{t(`ask.${ask}`, { email })}</p>
          <TextField
            label={t('comment')}
            hint={t('commentHint')}
            error={errors['comment']}
            optional={told !== 'deny-address'}
            multiline
            maxLength={2000}
            value={comment}
            onChange={setComment}
          />
        </>
      )}
    </Asking>
  );
}
