import { useTranslations } from 'use-intl';
import { useDeliveryDelay } from '../../components/delay.ts';

/** When a new secret leaves, in words: "in 10 minutes". */
export function useDelay(): string {
  const t = useTranslations('keys.acts');
  const delay = useDeliveryDelay();
  return delay === undefined ? t('now') : t('in', { delay });
}
