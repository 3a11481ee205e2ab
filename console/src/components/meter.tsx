import { Label, Meter as Measuring } from 'react-aria-components';
import styles from './meter.module.css';

/**
 * How much of something is used, as a bar and in words. It turns to a warning from 80 percent on; the words say it, too.
 * @param value what is used, from 0 to `most`
 */
export function Meter({
  label,
  value,
  most,
  words,
  size = 'normal',
}: {
  label: string;
  value: number;
  most: number;
  words: string;
  /** small: in a list, where the column names it. */
  size?: 'normal' | 'small';
}) {
  return (
    <Measuring
      aria-label={label}
      value={value}
      maxValue={Math.max(most, 1)}
      valueLabel={words}
      className={[styles.meter, size === 'small' && styles.small].filter(Boolean).join(' ')}
    >
      {({ percentage }) => (
        <>
          <span className={styles.words}>
            {size === 'normal' && <Label>{label}</Label>}
            <span>{words}</span>
          </span>
          <span className={styles.track}>
            <svg className={styles.fill} viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden>
              <rect
                width={percentage}
                height="1"
                fill={percentage >= 100 ? 'var(--bad)' : percentage >= 80 ? 'var(--wait)' : 'var(--accent)'}
              />
            </svg>
          </span>
        </>
      )}
    </Measuring>
  );
}
