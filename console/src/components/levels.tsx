import { Ban, Check, Circle, Clock, SkipForward, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { Schemas } from '../api/client.ts';
import styles from './levels.module.css';
import { Ago, Moment } from './time.tsx';

type Level = Schemas['Level'];

const icons: Record<Level['status'], ReactNode> = {
  ahead: <Circle aria-hidden />,
  open: <Clock aria-hidden />,
  approved: <Check aria-hidden />,
  denied: <Ban aria-hidden />,
  returned: <Undo2 aria-hidden />,
  skipped: <SkipForward aria-hidden />,
};

/** How many names are read before one stops reading. */
const mostNames = 4;

/** The levels of an application as steps: who decides, who has decided what with which words, which are passed by and why. */
export function Levels({
  application: { levels, state },
}: {
  application: Pick<Schemas['Application'], 'levels' | 'state'>;
}) {
  const t = useTranslations('content.levels');
  const words = useTranslations('common');
  return (
    <ol className={styles.levels} aria-label={t('label')}>
      {levels.map((level) => (
        <li key={level.level} className={styles[level.status]} data-status={level.status}>
          <span className={styles.mark}>{icons[level.status]}</span>
          <div className={styles.words}>
            <h3>
              {words('level', { level: String(level.level) })} · {level.name}
            </h3>
            <p className={styles.status}>
              {level.status === 'ahead' && state !== 'pending'
                ? t('status.notReached')
                : t(`status.${level.status}`)}
              {level.status === 'skipped' && level.skipped && `: ${level.skipped}`}
            </p>
            <Decisions level={level} />
            {state === 'pending' && <Ahead level={level} />}
          </div>
        </li>
      ))}
    </ol>
  );
}

function Decisions({ level: { decisions } }: { level: Level }) {
  const t = useTranslations('content.levels');
  return decisions.map(({ by, inPlaceOf, act, at, comment }) => (
    <div key={`${by.id} ${at}`} className={styles.decision}>
      <p>
        <b>{by.name}</b>
        {inPlaceOf && ` (${t('inPlaceOf', { name: inPlaceOf.name })})`} {isAct(act) ? t(`acts.${act}`) : act}{' '}
        · <Ago at={at} />
      </p>
      {comment && <blockquote>{comment}</blockquote>}
    </div>
  ));
}

/** Of a level that is not over: who may decide it, and what happens to it by itself. */
function Ahead({ level: { status, people, approvals, decisions, since, deadlines } }: { level: Level }) {
  const t = useTranslations('content.levels');
  const names = useNames(people);
  if (status !== 'open' && status !== 'ahead') return null;
  const given = decisions.filter(({ act }) => act === 'approve').length;
  const say = status === 'open' ? 'waitingFor' : 'decidedBy';
  return (
    <>
      <p>{people.length === 0 ? t('nobody') : t(say, { people: names })}</p>
      {approvals > 1 && <p>{t('approvals', { given: String(given), needed: String(approvals) })}</p>}
      {since && (
        <p className={styles.soft}>{t.rich('since', { at: () => <Moment key="since" at={since} /> })}</p>
      )}
      {deadlines.map(({ event, at }) => (
        <p key={event} className={styles.soft}>
          {t.rich(`deadlines.${event}`, { at: () => <Ago key={event} at={at} /> })}
        </p>
      ))}
    </>
  );
}

/** Names as the language lists them, the first few and how many more. */
function useNames(people: Level['people']): string {
  const t = useTranslations('content.levels');
  const format = useFormatter();
  const names = people.slice(0, mostNames).map(({ name }) => name);
  const more = people.length - names.length;
  return format.list(more > 0 ? [...names, t('more', { count: String(more) })] : names, {
    type: 'disjunction',
  });
}

function isAct(act: string): act is 'approve' | 'deny' | 'return' {
  return act === 'approve' || act === 'deny' || act === 'return';
}
