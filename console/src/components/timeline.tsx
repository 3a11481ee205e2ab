import type { Schemas } from '../api/client.ts';
import { Ago } from './time.tsx';
import styles from './timeline.module.css';

/** What happened, newest first, each with who did it and what they wrote. */
export function Timeline({
  entries,
  label,
}: {
  entries: readonly Schemas['TimelineEntry'][];
  label: string;
}) {
  return (
    <ol className={styles.timeline} aria-label={label}>
      {entries.toReversed().map(({ at, action, words, by, comment }) => (
        <li key={`${at} ${action} ${words}`}>
          <p>{words}</p>
          {comment && <blockquote>{comment}</blockquote>}
          <small>
            {by.name} · <Ago at={at} />
          </small>
        </li>
      ))}
    </ol>
  );
}
