import { useTranslations } from 'use-intl';
import { useSession } from '../../api/session.tsx';
import { DateField } from '../../components/date-field.tsx';
import type { Content, Key } from './content.ts';
import { dayAfter, firstDays, lastDays, todayIn } from './presets.ts';

interface Parts {
  content: Content;
  onChange: (patch: Partial<Content>) => void;
  error: string | undefined;
}

/** The first day of use. */
export function EffectiveOn({ content, onChange, error }: Parts) {
  const t = useTranslations('apply');
  const { service } = useSession();
  return (
    <DateField
      label={t('fields.effectiveOn')}
      hint={t('hints.effectiveOn', { zone: service.timeZone })}
      error={error}
      value={content.effectiveOn}
      onChange={(effectiveOn) => onChange({ effectiveOn })}
      presets={firstDays(service.timeZone).map(({ id, value }) => ({ name: t(`presets.${id}`), value }))}
    />
  );
}

/** The last day of use; of a key in use, the proposals are counted from its present last day. */
export function ExpiresOn({ content, onChange, error, subject }: Parts & { subject: Key | undefined }) {
  const t = useTranslations('apply');
  const { service } = useSession();
  const today = todayIn(service.timeZone).toString();
  const earliest = [today, content.effectiveOn ?? today].toSorted().at(-1);
  const presets = lastDays(subject ? dayAfter(subject.expiresOn) : content.effectiveOn, service.timeZone);
  return (
    <DateField
      label={t('fields.expiresOn')}
      hint={t('hints.expiresOn')}
      error={error}
      value={content.expiresOn}
      onChange={(expiresOn) => onChange({ expiresOn })}
      {...(earliest !== undefined && { min: earliest })}
      presets={presets.map(({ id, value, year }) => ({
        name: t(`${subject ? 'more' : 'presets'}.${id}`, { year: String(year) }),
        value,
      }))}
    />
  );
}
