import { CircleCheck, CloudOff, LoaderCircle, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { ProblemError } from '../../api/problem.ts';
import styles from './form.module.css';
import type { Keeping } from './keep-draft.ts';

/** Where what is written stands, in one line. Only trouble is said aloud: "Saving…" at each pause would be too much. */
export function SaveStatus({ keeping, hasDraft }: { keeping: Keeping; hasDraft: boolean }) {
  const t = useTranslations('apply.saving');
  const format = useFormatter();
  const line = (icon: ReactNode, words: string) => (
    <p className={styles.status}>
      {icon} {words}
    </p>
  );
  const trouble = (icon: ReactNode, words: string) => (
    <output className={styles.status} data-trouble>
      {icon} {words}
    </output>
  );
  switch (keeping.is) {
    case 'untouched':
      return line(null, hasDraft ? t('nothingNew') : t('untouched'));
    case 'waiting':
    case 'saving':
      return line(<LoaderCircle aria-hidden className={styles.turning} />, t('waiting'));
    case 'saved': {
      const at = format.dateTime(keeping.at, { timeStyle: 'short' });
      return line(
        <CircleCheck aria-hidden />,
        keeping.except.length > 0 ? t('savedExcept', { at }) : t('saved', { at }),
      );
    }
    case 'kept':
      return trouble(
        <CloudOff aria-hidden />,
        keeping.error instanceof ProblemError
          ? keeping.error.status === 401
            ? t('signedOut')
            : t('troubled')
          : t('kept'),
      );
    case 'conflict':
    case 'gone':
    case 'refused':
      return trouble(<TriangleAlert aria-hidden />, t(keeping.is));
  }
}
