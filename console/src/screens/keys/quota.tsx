import { useFormatter, useTranslations } from 'use-intl';
import type { Schemas } from '../../api/client.ts';
import { Meter } from '../../components/meter.tsx';

/** How much of a key's quota is used. */
export function Quota({
  quota,
  used,
  size = 'normal',
}: Pick<Schemas['Key'], 'quota' | 'used'> & { size?: 'normal' | 'small' }) {
  const t = useTranslations('keys.use');
  const words = useTranslations('common');
  const { number } = useFormatter();
  if (quota === -1) return <>{size === 'small' ? words('unlimited') : t('quotaUnlimited')}</>;
  const told =
    size === 'small'
      ? `${number(used)} / ${number(quota)}`
      : t('quotaOf', { used: number(used), quota: number(quota) });
  return <Meter label={t('quota')} value={used} most={quota} words={told} size={size} />;
}
