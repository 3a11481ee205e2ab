import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, type Schemas } from '../../api/client.ts';
import { changedMeanwhile, ProblemError } from '../../api/problem.ts';
import { retryKey } from '../../api/retry-key.ts';
import { Button } from '../../components/button.tsx';
import { Refused } from '../../components/outcomes.tsx';
import { Card } from '../../components/page.tsx';
import { useShortcuts } from '../../components/shortcuts.ts';
import styles from './decision.module.css';
import { Decided, NotYours, Stale } from './decision-outcomes.tsx';
import { Rules, useMeanings } from './rules.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { lackOf, type Verdict, VerdictForm } from './verdict-form.tsx';
import { useSettle } from './waiting-list.ts';

type Application = Schemas['Application'];

/**
 * Where the reviewer decides on what is shown, hears what became of it, or reads why there is nothing to decide.
 * @param latest as the server last told it; where it is another, `isStale`
 * @param onDecided with the application as it stands after the decision
 */
export function DecisionCard({
  shown,
  latest,
  isStale,
  onLookAgain,
  onDecided,
}: {
  shown: Application;
  latest: Application;
  isStale: boolean;
  onLookAgain: () => void;
  onDecided: (application: Application) => void;
}) {
  const t = useTranslations('reviews.decision');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const settle = useSettle();
  const form = useRef<HTMLDivElement>(null);
  const [key] = useState(retryKey);
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [comment, setComment] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [isHelping, setHelping] = useState(false);
  const [done, setDone] = useState<{ verdict: Verdict; isRecorded: boolean }>();
  const decide = api.useMutation('post', '/v1/applications/{id}/decisions');
  const meanings = useMeanings(shown);

  const { id, digest } = shown;
  const level = shown.levels.find(({ status }) => status === 'open');
  const isMine = shown.actions.includes('approve');
  const isOpen = isMine && !isStale && !done && level !== undefined && digest !== null;
  const needsComment = level?.commentRequired ?? false;
  const where = { params: { path: { id } } };

  const send = async () => {
    setChecked(true);
    if (!isOpen || decide.isPending) return;
    const lack = lackOf(verdict, comment, needsComment);
    if (lack || verdict === null) {
      form.current?.querySelector<HTMLElement>(lack === 'comment' ? 'textarea' : 'input')?.focus();
      return;
    }
    try {
      const answer = await decide.mutateAsync({
        params: { path: { id }, header: { 'idempotency-key': key } },
        body: { verdict, comment, digest, level: level.level },
      });
      queries.setQueryData(
        api.queryOptions('get', '/v1/applications/{id}', where).queryKey,
        answer.application,
      );
      onDecided(answer.application);
      setDone({ verdict, isRecorded: answer.outcome === 'recorded' });
      await settle();
    } catch (error) {
      // Whatever was refused was decided on by others meanwhile, or may have been: what there is now says by whom.
      if (error instanceof ProblemError && error.status < 500) await settle();
    }
  };
  useShortcuts({
    '?': () => setHelping(true),
    u: () => void navigate({ to: '/reviews' }),
    ...(isOpen && {
      a: () => setVerdict('approve'),
      d: () => setVerdict('deny'),
      r: () => setVerdict('return'),
      c: () => form.current?.querySelector('textarea')?.focus(),
      'mod+Enter': () => void send(),
    }),
  });

  // Refusals that the page itself explains better, by what there is now.
  const isExplained = isStale && changedMeanwhile(decide.error);
  return (
    <Card title={t('form')}>
      {done ? (
        <Decided id={id} {...done} />
      ) : isStale ? (
        <Stale
          seen={shown}
          latest={latest}
          wasRefused={decide.isError}
          onLookAgain={() => {
            decide.reset();
            setChecked(false);
            onLookAgain();
            document.getElementById('content')?.focus();
          }}
        />
      ) : isOpen ? (
        <>
          <Rules application={shown} />
          <VerdictForm
            ref={form}
            verdict={verdict}
            onVerdict={setVerdict}
            comment={comment}
            onComment={setComment}
            approvalNeedsComment={needsComment}
            meanings={meanings}
            isChecked={isChecked}
            isDisabled={decide.isPending}
          />
        </>
      ) : (
        <NotYours application={shown} />
      )}
      {!isExplained && !done && <Refused error={decide.error} />}
      {isOpen && (
        <>
          <Button
            variant={verdict === 'deny' ? 'danger' : 'primary'}
            isPending={decide.isPending}
            onPress={() => void send()}
          >
            {t('send', { verdict: verdict ?? 'none' })}
          </Button>
          <p className={styles.fine}>{t('exactly')}</p>
        </>
      )}
      <ShortcutsDialog isOpen={isHelping} onClose={() => setHelping(false)} />
    </Card>
  );
}
