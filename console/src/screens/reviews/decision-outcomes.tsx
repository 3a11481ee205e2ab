import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Schemas } from '../../api/client.ts';
import { useSession } from '../../api/session.tsx';
import { Button } from '../../components/button.tsx';
import { useFocusOnce } from '../../components/focus-once.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Ago } from '../../components/time.tsx';
import styles from './decision.module.css';
import type { Verdict } from './verdict-form.tsx';
import { useInbox } from './waiting-list.ts';

type Application = Schemas['Application'];

/** What became of the decision, and what waits next. */
export function Decided({ id, verdict, isRecorded }: { id: string; verdict: Verdict; isRecorded: boolean }) {
  const t = useTranslations('reviews.decision.done');
  const words = useTranslations();
  const here = useFocusOnce<HTMLDivElement>();
  const inbox = useInbox();
  const others = inbox.data?.pages.flatMap(({ items }) => items).filter((each) => each.id !== id) ?? [];
  const [next] = others;
  return (
    <div ref={here} tabIndex={-1} className={styles.outcome}>
      <Notice
        tone={isRecorded ? 'good' : 'wait'}
        title={isRecorded ? t('recorded', { verdict }) : t('accepted')}
        actions={
          <>
            {next && (
              <LinkButton
                to="/reviews/$id"
                params={{ id: next.id }}
                variant="primary"
                icon={<ArrowRight aria-hidden />}
              >
                {t('next', { name: next.keyName ?? words('applications.unnamed') })}
              </LinkButton>
            )}
            <LinkButton to="/reviews">{t('inbox')}</LinkButton>
          </>
        }
      >
        {inbox.data && <p>{t('left', { count: others.length })}</p>}
      </Notice>
    </div>
  );
}

/** Says that what is on the page is no longer what there is, and who was here first. */
export function Stale({
  seen,
  latest,
  wasRefused,
  onLookAgain,
}: {
  seen: Application;
  latest: Application;
  wasRefused: boolean;
  onLookAgain: () => void;
}) {
  const t = useTranslations('reviews.decision.stale');
  const here = useFocusOnce<HTMLDivElement>();
  return (
    <div ref={here} tabIndex={-1} className={styles.outcome}>
      <Notice
        tone="bad"
        title={t('title')}
        actions={
          <Button variant="primary" onPress={onLookAgain}>
            {t('again')}
          </Button>
        }
      >
        <What seen={seen} latest={latest} />
        <p>{wasRefused ? t('nothing') : t('unsent')}</p>
      </Notice>
    </div>
  );
}

function What({ seen, latest }: { seen: Application; latest: Application }) {
  const t = useTranslations('reviews.decision.stale');
  if (latest.round !== seen.round || (latest.state === 'pending' && latest.digest !== seen.digest)) {
    return <p>{t('digest', { applicant: latest.applicant.name })}</p>;
  }
  return (
    <>
      <LastWord application={latest} level={seen.level} />
      {latest.state !== 'pending' && <p>{t('other', { state: latest.now })}</p>}
    </>
  );
}

/** Who decided a level, and what they wrote; nothing where nobody has. */
function LastWord({ application, level }: { application: Application; level: number | null }) {
  const t = useTranslations('reviews.decision.closed');
  const last = application.levels
    .filter((each) => level === null || each.level === level)
    .flatMap((each) => each.decisions.map((decision) => ({ ...decision, level: each.level })))
    .at(-1);
  if (!last) return null;
  return (
    <>
      <p>
        {t.rich('decided', {
          name: last.by.name,
          act: last.act,
          level: last.level,
          ago: () => <Ago at={last.at} />,
        })}
      </p>
      {last.comment && <blockquote className={styles.comment}>{last.comment}</blockquote>}
    </>
  );
}

/** Why there is nothing to decide: who has decided, or for whom it waits. */
export function NotYours({ application }: { application: Application }) {
  const t = useTranslations('reviews.decision.closed');
  const { person } = useSession();
  const { id, now, next, levels, state } = application;
  const decidedBy = (who: string) =>
    levels.some(({ decisions }) =>
      decisions.some(({ by, inPlaceOf }) => by.id === who || inPlaceOf?.id === who),
    );
  return (
    <Notice
      tone={state === 'pending' ? 'info' : 'good'}
      title={decidedBy(person.id) ? t('yours') : state === 'pending' ? t('notYours') : t('over')}
      actions={
        <>
          <LinkButton to="/reviews" variant="primary">
            {t('inbox')}
          </LinkButton>
          <LinkButton to="/history/$id" params={{ id }}>
            {t('application')}
          </LinkButton>
        </>
      }
    >
      <p>{now}</p>
      <p>{next}</p>
      <LastWord application={application} level={null} />
    </Notice>
  );
}
