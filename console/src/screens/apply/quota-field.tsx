import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Choice, NumberField } from '../../components/fields.tsx';
import type { Key } from './content.ts';
import styles from './form.module.css';

const unlimited = -1;
/** The largest number of calls that the API takes. */
const most = 2_147_483_647;

/** How many calls: unlimited, or a number. */
export function QuotaField({
  value,
  onChange,
  error,
  subject,
}: {
  value: number | null;
  onChange: (quota: number | null) => void;
  error: string | undefined;
  subject: Key | undefined;
}) {
  const t = useTranslations('apply');
  const format = useFormatter();
  // "A number" may be chosen before there is one.
  const [isLimited, setLimited] = useState(value !== null && value !== unlimited);
  const choice = value === unlimited ? 'unlimited' : value !== null || isLimited ? 'limited' : null;
  const choose = (next: 'unlimited' | 'limited') => {
    setLimited(next === 'limited');
    onChange(next === 'unlimited' ? unlimited : null);
  };
  const isForNumber = choice === 'limited';
  return (
    <div className={styles.quota}>
      <Choice
        label={t('fields.quota')}
        hint={
          <>
            {t('hints.quota')} {subject && subject.used > 0 && t('hints.used', { used: subject.used })}
          </>
        }
        error={isForNumber ? undefined : error}
        value={choice}
        onChange={choose}
        options={[
          { id: 'unlimited', name: t('quota.unlimited') },
          { id: 'limited', name: t('quota.limited') },
        ]}
      />
      {isForNumber && (
        <NumberField
          label={t('count')}
          hint={t('countHint', { most: format.number(most) })}
          error={error}
          value={value ?? Number.NaN}
          minValue={1}
          maxValue={most}
          step={1}
          isWheelDisabled
          onChange={(number) => onChange(Number.isNaN(number) ? null : number)}
        />
      )}
    </div>
  );
}
