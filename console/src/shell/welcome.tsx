import { KeyRound } from 'lucide-react';
import { useTranslations } from 'use-intl';
import button from '../components/button.module.css';
import { signInAddress } from './sign-in.ts';
import styles from './welcome.module.css';

/** What a stranger sees: what this is, and the way in. */
export function Welcome() {
  const t = useTranslations('shell.signIn');
  return (
    <main className={styles.welcome}>
      <KeyRound aria-hidden />
      <h1>{t('title')}</h1>
      <p>{t('lead')}</p>
      <a className={[button.button, button.primary].join(' ')} href={signInAddress()}>
        {t('action')}
      </a>
    </main>
  );
}
