import type { ReactNode } from 'react';
import styles from './filters.module.css';

/** The controls over a list, side by side, each only as wide as it needs. */
export function Filters({ children }: { children: ReactNode }) {
  return <search className={styles.filters}>{children}</search>;
}
