import { CloudOff, Lock, SearchX, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { changedMeanwhile, ProblemError } from '../api/problem.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';
import styles from './outcomes.module.css';
import { useTitle } from './title.ts';

/** What stands in place of content: an empty list with its next step, something that failed or is not for the reader. */
export function Blank({
  icon,
  title,
  heading: Heading = 'h2',
  children,
  actions,
}: {
  icon: ReactNode;
  title: string;
  /** h1: where it stands in place of a whole page. */
  heading?: 'h1' | 'h2';
  children?: ReactNode;
  actions?: ReactNode;
}) {
  useTitle(Heading === 'h1' ? title : undefined);
  return (
    <div className={styles.blank}>
      {icon}
      <Heading>{title}</Heading>
      {children && <p>{children}</p>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

/** Grey lines in the place of what is still on its way, so that nothing jumps when it comes. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  const t = useTranslations('common');
  return (
    <output className={styles.skeleton} aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} />
      ))}
    </output>
  );
}

/** Why something could not be loaded, and what to do about it. */
export function Failed({ error, retry }: { error: unknown; retry?: () => unknown }) {
  const t = useTranslations('common');
  const again = retry && (
    <Button onPress={() => void retry()} variant="secondary">
      {t('retry')}
    </Button>
  );
  if (!(error instanceof ProblemError)) {
    return (
      <Blank icon={<CloudOff aria-hidden />} title={t('failed.title')} actions={again}>
        {t('failed.offline')}
      </Blank>
    );
  }
  if (error.status === 404) {
    return (
      <Blank icon={<SearchX aria-hidden />} title={t('failed.notFoundTitle')}>
        {t('failed.notFound')}
      </Blank>
    );
  }
  if (error.status === 403) {
    return (
      <Blank icon={<Lock aria-hidden />} title={t('failed.forbiddenTitle')}>
        {error.problem.detail || t('failed.forbidden')}
      </Blank>
    );
  }
  return (
    <Blank icon={<TriangleAlert aria-hidden />} title={t('failed.title')} actions={again}>
      {error.message} <small>{t('requestId', { id: error.problem.requestId })}</small>
    </Blank>
  );
}

/** Why something that was asked for was not done, above the form or in the dialog where it was asked. */
export function Refused({ error }: { error: unknown }) {
  const t = useTranslations('common');
  if (!error) return null;
  if (!(error instanceof ProblemError)) return <Notice tone="bad">{t('failed.offline')}</Notice>;
  const isChanged = changedMeanwhile(error);
  const violations = error.problem.errors ?? [];
  const title = isChanged
    ? t('failed.changedTitle')
    : violations.length > 0
      ? t('failed.invalid')
      : error.problem.title;
  return (
    <Notice tone="bad" title={title}>
      {isChanged && <p>{t('failed.changed')}</p>}
      {violations.length === 0 && error.problem.detail !== title && <p>{error.problem.detail}</p>}
      {violations.length > 0 && (
        <ul className={styles.violations}>
          {violations.map(({ field, message }) => (
            <li key={`${field} ${message}`}>
              <code>{field}</code> {message}
            </li>
          ))}
        </ul>
      )}
      {error.status >= 500 && <small>{t('requestId', { id: error.problem.requestId })}</small>}
    </Notice>
  );
}
