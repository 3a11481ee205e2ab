import { useTranslations } from 'use-intl';
import { useSession } from '../../api/session.tsx';

/** When a new secret leaves, in words: "in 10 minutes". */
export function useDelay(): string {
  const t = useTranslations('keys.acts');
  const { deliveryDelaySeconds } = useSession().service;
  return deliveryDelaySeconds < 60 ? t('now') : t('in', { minutes: Math.round(deliveryDelaySeconds / 60) });
}
