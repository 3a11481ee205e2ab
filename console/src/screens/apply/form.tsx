import { Send } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { ClientPicker, type PickedClient } from '../../components/client-picker.tsx';
import { TextField } from '../../components/fields.tsx';
import { LinkButton } from '../../components/link-button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Refused } from '../../components/outcomes.tsx';
import { Card, Page } from '../../components/page.tsx';
import { ApiPicker, type KnownApi } from './api-picker.tsx';
import { useComplaints } from './complaints.ts';
import {
  type Application,
  type Content,
  type Field,
  fieldsOf,
  type Key,
  type Kind,
  lengthOf,
  longest,
} from './content.ts';
import { EffectiveOn, ExpiresOn } from './dates.tsx';
import { DeleteDraft } from './delete-draft.tsx';
import { FieldFrame, focusOn } from './field-frame.tsx';
import styles from './form.module.css';
import { KeyChanges } from './key-changes.tsx';
import { KeyFacts } from './key-facts.tsx';
import { usePreview, WhatHappensNext } from './preview.tsx';
import { QuotaField } from './quota-field.tsx';
import { ReviewersWish } from './reviewers-wish.tsx';
import { detail } from './routes.ts';
import { SaveStatus } from './save-status.tsx';
import { SubmitDialog } from './submit-dialog.tsx';
import { useDraft } from './use-draft.ts';

/**
 * The form of an application.
 * @param subject the key that is to be changed or revoked
 * @param begin what it begins with, as the server would have it
 * @param proposal what differs from that, to be accepted or changed
 * @param created told of the draft that the first change has made
 */
export function Form({
  kind,
  subject,
  begin,
  proposal,
  view: first,
  created,
}: {
  kind: Kind;
  subject: Key | undefined;
  begin: Content;
  proposal: Partial<Content> | undefined;
  view: Application | undefined;
  created?: (id: string) => void;
}) {
  const t = useTranslations('apply');
  const draft = useDraft({ kind, keyId: subject?.id, begin, view: first, proposal });
  const { keeper, content, view, keeping } = draft;
  const complaints = useComplaints(kind, draft);
  const preview = usePreview(view);
  const [left, setLeft] = useState<ReadonlySet<Field>>(new Set());
  const [hasTried, setTried] = useState(false);
  const [isSubmitting, setSubmitting] = useState(false);
  const [isConfirming, setConfirming] = useState(false);
  const [picked, setPicked] = useState<PickedClient | null>(null);
  const [seen, setSeen] = useState<readonly KnownApi[]>([]);
  const see = useCallback((found: readonly KnownApi[]) => setSeen((before) => [...found, ...before]), []);
  const apisHint = useId();

  const id = view?.id;
  useEffect(() => {
    if (!first && id !== undefined) created?.(id);
  }, [first, id, created]);

  const leave = (field: Field) => setLeft(new Set([...left, field]));
  const errorOf = (field: Field) => (hasTried || left.has(field) ? complaints.fields[field] : undefined);
  const wrong = fieldsOf[kind].filter((field) => complaints.fields[field] !== undefined);
  const troubles = wrong.length + complaints.others.length;

  const submit = async () => {
    setTried(true);
    const [firstWrong] = wrong;
    if (firstWrong) return focusOn(firstWrong);
    setSubmitting(true);
    const isSaved = await keeper.save(true);
    setSubmitting(false);
    if (isSaved && keeper.state().view?.violations.length === 0) setConfirming(true);
  };

  const client =
    [picked, view?.client, subject?.client].find((each) => each?.id === content.clientId) ??
    (content.clientId === null ? null : { id: content.clientId, name: content.clientId });
  const title =
    view?.state === 'returned'
      ? t('titles.returned', { name: view.keyName ?? t('untitled') })
      : t(`titles.${kind}`, { name: subject?.name ?? '' });
  const known = [...(view?.apis ?? []), ...(subject?.apis ?? []), ...seen];
  const frame = (field: Field, children: ReactNode) => (
    <FieldFrame field={field} onLeave={leave}>
      {children}
    </FieldFrame>
  );
  const description = frame(
    'description',
    <TextField
      label={kind === 'apply' ? t('fields.description') : t(`reason.${kind}`)}
      multiline
      value={content.description ?? ''}
      onChange={(text) => keeper.change({ description: text })}
      hint={`${t(`hints.description.${kind}`)} ${t('hints.count', {
        count: String(lengthOf(content.description)),
        most: String(longest.description),
      })}`}
      error={errorOf('description')}
    />,
  );

  return (
    <Page
      title={title}
      lead={view?.state === 'returned' ? undefined : t(`leads.${kind}`)}
      actions={view?.actions.includes('delete') && <DeleteDraft view={view} keeper={keeper} />}
    >
      <div className={styles.columns}>
        <aside className={styles.aside}>
          {view?.state === 'returned' && <ReviewersWish view={view} />}
          <div className={styles.later}>
            {kind === 'update' && subject && <KeyChanges subject={subject} content={content} known={known} />}
            <WhatHappensNext kind={kind} preview={preview} />
          </div>
        </aside>
        <div className={styles.form}>
          {draft.isRestored && <Notice>{t('restored')}</Notice>}
          {view?.refusal && (
            <Notice tone="bad" title={t('refused')}>
              {view.refusal.message}
            </Notice>
          )}
          {proposal && <Notice>{t('renewal')}</Notice>}
          {subject && (
            <Card title={t('key.title')}>
              <KeyFacts subject={subject} isWhole={kind === 'revoke'} />
            </Card>
          )}
          {kind === 'apply' && (
            <Card title={t('parts.who')}>
              {frame(
                'clientId',
                <ClientPicker
                  label={t('fields.clientId')}
                  hint={t('hints.clientId')}
                  error={errorOf('clientId')}
                  value={client}
                  onChange={(chosen) => {
                    setPicked(chosen);
                    keeper.change({ clientId: chosen?.id ?? null });
                  }}
                />,
              )}
              {frame(
                'keyName',
                <TextField
                  label={t('fields.keyName')}
                  hint={t('hints.keyName')}
                  error={errorOf('keyName')}
                  value={content.keyName ?? ''}
                  onChange={(keyName) => keeper.change({ keyName })}
                />,
              )}
              {description}
            </Card>
          )}
          {kind !== 'revoke' && (
            <>
              <Card title={t('parts.when')}>
                <div className={styles.dates}>
                  {frame(
                    'effectiveOn',
                    <EffectiveOn content={content} onChange={keeper.change} error={errorOf('effectiveOn')} />,
                  )}
                  {frame(
                    'expiresOn',
                    <ExpiresOn
                      content={content}
                      onChange={keeper.change}
                      error={errorOf('expiresOn')}
                      subject={subject}
                    />,
                  )}
                </div>
                {frame(
                  'quota',
                  <QuotaField
                    value={content.quota}
                    onChange={(quota) => keeper.change({ quota })}
                    error={errorOf('quota')}
                    subject={subject}
                  />,
                )}
              </Card>
              <Card title={t('parts.which')}>
                {frame(
                  'apiIds',
                  <>
                    <ApiPicker
                      label={t('fields.apiIds')}
                      describedBy={apisHint}
                      chosen={content.apiIds}
                      known={known}
                      onSeen={see}
                      onChange={(apiIds) => keeper.change({ apiIds })}
                    />
                    <p id={apisHint} className={styles.hint}>
                      {t('hints.apiIds')} {t('apis.keys')}{' '}
                      {errorOf('apiIds') && <span className={styles.wrong}>{errorOf('apiIds')}</span>}
                    </p>
                  </>,
                )}
              </Card>
            </>
          )}
          {kind !== 'apply' && <Card>{description}</Card>}
          {keeping.is === 'conflict' && (
            <Notice
              tone="wait"
              title={t('conflict.title')}
              actions={
                <>
                  <Button size="small" onPress={() => keeper.settle('mine')}>
                    {t('conflict.mine')}
                  </Button>
                  <Button size="small" onPress={() => keeper.settle('theirs')}>
                    {t('conflict.theirs')}
                  </Button>
                </>
              }
            >
              {t('conflict.words', { fields: keeping.in.map((field) => t(`fields.${field}`)).join(', ') })}
            </Notice>
          )}
          {keeping.is === 'gone' && !isConfirming && (
            <Notice
              tone="bad"
              title={t('gone.title')}
              actions={
                id && (
                  <LinkButton to={detail} params={{ id }}>
                    {t('gone.action')}
                  </LinkButton>
                )
              }
            >
              {t('gone.words')}
            </Notice>
          )}
          {keeping.is === 'refused' && <Refused error={keeping.error} />}
          {hasTried && complaints.others.length > 0 && (
            <Notice tone="bad">
              {complaints.others.map((message) => (
                <p key={message}>{message}</p>
              ))}
            </Notice>
          )}
          <footer className={styles.foot}>
            <div>
              <SaveStatus keeping={keeping} hasDraft={view !== undefined} />
              {hasTried && troubles > 0 && (
                <p className={styles.wrong} role="alert">
                  {t('submit.trouble', { count: troubles })}
                </p>
              )}
            </div>
            <Button
              variant="primary"
              icon={<Send aria-hidden />}
              isPending={isSubmitting}
              onPress={() => void submit()}
            >
              {t('submit.action')}
            </Button>
          </footer>
        </div>
      </div>
      {view && (
        <SubmitDialog
          view={view}
          preview={preview}
          keeper={keeper}
          isOpen={isConfirming}
          onClose={() => setConfirming(false)}
        />
      )}
    </Page>
  );
}
