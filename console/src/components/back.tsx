import { ArrowLeft } from 'lucide-react';
import styles from './back.module.css';
import { LinkButton } from './link-button.tsx';

/** The way back from one thing to the list that it is of, over a page's title. */
export function Back({
  to,
  children,
}: {
  to: '/applications' | '/reviews' | '/history' | '/keys';
  children: string;
}) {
  return (
    <nav className={styles.back}>
      <LinkButton to={to} variant="quiet" size="small" icon={<ArrowLeft aria-hidden />}>
        {children}
      </LinkButton>
    </nav>
  );
}
