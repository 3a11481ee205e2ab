import { Undo2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Application } from './content.ts';
import styles from './form.module.css';

/** What the reviewer asked for who returned it; it stays in view while one writes. */
export function ReviewersWish({ view }: { view: Application }) {
  const t = useTranslations('apply.returned');
  const decision = view.levels.flatMap(({ decisions }) => decisions).findLast(({ act }) => act === 'return');
  const title = decision ? t('title', { name: decision.by.name }) : t('nobody');
  return (
    <section className={styles.wish} aria-label={title}>
      <h2>
        <Undo2 aria-hidden /> {title}
      </h2>
      {/* Scrolled by keyboard, so it can be focused. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <blockquote tabIndex={0}>{decision?.comment ?? view.reason}</blockquote>
    </section>
  );
}
