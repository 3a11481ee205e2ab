import { useQueries } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, Clock } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, type Schemas } from '../../api/client.ts';
import { retryKey } from '../../api/retry-key.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Actions, Dialog } from '../../components/dialog.tsx';
import { useFocusOnce } from '../../components/focus-once.ts';
import { Refused, Skeleton } from '../../components/outcomes.tsx';
import { Day } from '../../components/time.tsx';
import { tell } from '../../components/toasts.ts';
import styles from './bulk-decision.module.css';
import { lackOf, type Verdict, VerdictForm } from './verdict-form.tsx';
import { useSettle } from './waiting-list.ts';

type Application = Schemas['Application'];
type Result = Schemas['DecisionResult'];

/** Decides several applications alike, by one comment; each has its own outcome, which is shown beside it. */
export function BulkDecision({
  ids,
  onClose,
  onCancel,
}: {
  ids: readonly string[];
  /** After something was decided. */
  onClose: () => void;
  onCancel: () => void;
}) {
  const t = useTranslations('reviews');
  const common = useTranslations('common');
  const settle = useSettle();
  // What was chosen at first: a list that is fetched anew must not change what is decided.
  const [chosen] = useState(ids);
  const [key] = useState(retryKey);
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [comment, setComment] = useState('');
  const [isChecked, setChecked] = useState(false);
  const seen = useQueries({
    queries: chosen.map((id) =>
      // What is decided stays what was shown: it is looked at once.
      ({
        ...api.queryOptions('get', '/v1/applications/{id}', { params: { path: { id } } }),
        staleTime: Number.POSITIVE_INFINITY,
      }),
    ),
  });
  const decide = api.useMutation('post', '/v1/decisions');
  const applications = seen.flatMap(({ data }) => data ?? []);
  const isLoading = seen.some(({ isPending }) => isPending);
  const failure = seen.find(({ error }) => error)?.error;
  const needsComment = applications.some((each) => openLevelOf(each)?.commentRequired);
  const outcomes = decide.data?.items;

  const send = async () => {
    setChecked(true);
    if (verdict === null || lackOf(verdict, comment, needsComment)) return;
    const decisions = applications.map(({ id, digest, level }) => ({
      applicationId: id,
      verdict,
      comment,
      digest: digest ?? '',
      ...(level !== null && { level }),
    }));
    const answer = await decide
      .mutateAsync({ body: { decisions }, params: { header: { 'idempotency-key': key } } })
      .catch(() => undefined);
    if (!answer) return;
    const done = answer.items.filter(({ problem }) => problem === null).length;
    if (done === answer.items.length) tell(t('bulk.allDone', { done }));
    await settle();
  };
  const close = outcomes ? onClose : onCancel;

  return (
    <Dialog title={t('bulk.title', { count: chosen.length })} isOpen onClose={close} width="wide" mustDecide>
      <h3>{outcomes ? t('bulk.outcomes') : t('bulk.asked')}</h3>
      {isLoading ? (
        <Skeleton lines={chosen.length} />
      ) : (
        // Scrolled by keyboard, so it can be focused.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <ul className={styles.list} tabIndex={0} aria-label={outcomes ? t('bulk.outcomes') : t('bulk.asked')}>
          {applications.map((application) => (
            <li key={application.id}>
              <Facts application={application} />
              {outcomes && verdict && (
                <Outcome
                  outcome={outcomes.find(({ applicationId }) => applicationId === application.id)}
                  verdict={verdict}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      <Refused error={failure ?? decide.error} />
      {outcomes ? (
        <>
          <Sum outcomes={outcomes} />
          <Actions>
            <Button variant="primary" onPress={close}>
              {t('bulk.done')}
            </Button>
          </Actions>
        </>
      ) : (
        <>
          <VerdictForm
            verdict={verdict}
            onVerdict={setVerdict}
            comment={comment}
            onComment={setComment}
            approvalNeedsComment={needsComment}
            meanings={{}}
            isChecked={isChecked}
            isDisabled={isLoading || decide.isPending}
          />
          <Actions>
            <Button onPress={onCancel}>{common('cancel')}</Button>
            <Button
              variant={verdict === 'deny' ? 'danger' : 'primary'}
              isPending={decide.isPending}
              isDisabled={isLoading || applications.length === 0}
              onPress={() => void send()}
            >
              {verdict === null
                ? t('decision.send', { verdict: 'none' })
                : t('bulk.action', { verdict, count: applications.length })}
            </Button>
          </Actions>
        </>
      )}
    </Dialog>
  );
}

function openLevelOf({ levels }: Application) {
  return levels.find(({ status }) => status === 'open');
}

/** What one of them asks for, in two lines. */
function Facts({ application }: { application: Application }) {
  const words = useTranslations();
  const { kind, keyName, client, applicant, apis, quota, effectiveOn, expiresOn, changes } = application;
  const changed = changes.flatMap(({ fields }) => fields).length;
  return (
    <div className={styles.facts}>
      <strong>{keyName}</strong>
      <small>
        {words(`states.kind.${kind}`)} · {client?.name} · {words('reviews.by', { name: applicant.name })}
        {changed > 0 && ` · ${words('reviews.bulk.changed', { count: changed })}`}
      </small>
      {kind !== 'revoke' && (
        <small>
          {apis.map(({ name }) => name).join(', ')} ·{' '}
          {quota === -1 || quota === null
            ? words('common.unlimited')
            : words('common.calls', { count: quota })}{' '}
          · {effectiveOn && <Day on={effectiveOn} />} – {expiresOn && <Day on={expiresOn} />}
        </small>
      )}
    </div>
  );
}

/** What became of one of them. */
function Outcome({ outcome, verdict }: { outcome: Result | undefined; verdict: Verdict }) {
  const t = useTranslations('reviews.bulk');
  if (!outcome) return null;
  if (outcome.problem) {
    return (
      <div className={styles.outcome}>
        <Badge tone="bad" icon={<CircleAlert aria-hidden />}>
          {t('refused')}
        </Badge>
        <small>{outcome.problem.message}</small>
      </div>
    );
  }
  return (
    <div className={styles.outcome}>
      {outcome.status === 200 ? (
        <Badge tone="good" icon={<CircleCheck aria-hidden />}>
          {t('recorded', { verdict })}
        </Badge>
      ) : (
        <Badge tone="wait" icon={<Clock aria-hidden />}>
          {t('accepted')}
        </Badge>
      )}
    </div>
  );
}

/** The sum of it; leads the focus there, since the form that had it is gone. */
function Sum({ outcomes }: { outcomes: readonly Result[] }) {
  const t = useTranslations('reviews.bulk');
  const here = useFocusOnce<HTMLOutputElement>();
  const done = outcomes.filter(({ problem }) => problem === null).length;
  const failed = outcomes.length - done;
  return (
    <output ref={here} tabIndex={-1} className={styles.sum}>
      {failed === 0 ? t('allDone', { done }) : t('summary', { done, failed })}
    </output>
  );
}
