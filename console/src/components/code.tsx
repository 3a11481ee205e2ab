import styles from './code.module.css';
import { CopyButton } from './copy-button.tsx';

/** Text for machines, exactly as it is, with a button that copies it. */
export function Code({
  label,
  text,
  isWrapped = true,
  hideLabel = false,
}: {
  label: string;
  text: string;
  /** Not for code, whose lines mean something. */
  isWrapped?: boolean;
  hideLabel?: boolean;
}) {
  return (
    <div className={styles.code}>
      <div className={styles.header}>
        <h3 className={hideLabel ? 'visually-hidden' : undefined}>{label}</h3>
        <span />
        <CopyButton text={text} />
      </div>
      {/* Scrolled by keyboard, so it takes the focus. */}
      <pre
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        aria-label={label}
        className={[styles.text, isWrapped && styles.wrapped].filter(Boolean).join(' ')}
      >
        {text}
      </pre>
    </div>
  );
}
