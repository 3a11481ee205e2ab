import { parseDate, today } from '@internationalized/date';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Schemas } from '../../api/client.ts';
import { useSession } from '../../api/session.tsx';
import { DateField } from '../../components/date-field.tsx';
import { useDates } from '../../components/dates.ts';
import { Confirm } from '../../components/dialog.tsx';
import { Choice } from '../../components/fields.tsx';
import { useActing } from './act.ts';

/** Asks until when calls of a key may be signed by DGRK. */
export function DgrkDialog({
  value: { id, dgrkUntil, lastUse, expiresOn },
  onClose,
  onDone,
}: {
  value: Schemas['Key'];
  onClose: () => void;
  onDone: () => void;
}) {
  const t = useTranslations('keys.acts.dgrk');
  const { moment } = useDates();
  const now = today(useSession().service.timeZone);
  const acting = useActing(id);
  const [choice, setChoice] = useState(() => choiceOf(dgrkUntil, now.toString()));
  const [day, setDay] = useState<string | null>(
    choiceOf(dgrkUntil, now.toString()) === 'until'
      ? dgrkUntil
      : withinKey(now.add({ months: 3 }), expiresOn),
  );
  const until = { open: null, until: day, off: now.subtract({ days: 1 }).toString() }[choice];
  return (
    <Confirm
      title={t('title')}
      action={t('action')}
      isOpen
      onClose={onClose}
      onConfirm={async () => {
        await acting.limitDgrk(until);
        onDone();
      }}
    >
      <p>{t('hint')}</p>
      <p>{lastUse.dgrk ? t('lastUsed', { at: moment(lastUse.dgrk) }) : t('neverUsed')}</p>
      <Choice
        label={t('field')}
        value={choice}
        onChange={setChoice}
        options={[
          { id: 'open', name: t('open') },
          { id: 'until', name: t('until') },
          { id: 'off', name: t('off'), hint: t('offHint') },
        ]}
      />
      {choice === 'until' && (
        <DateField label={t('day')} value={day} onChange={setDay} min={now.toString()} />
      )}
    </Confirm>
  );
}

function choiceOf(until: string | null, day: string): 'open' | 'until' | 'off' {
  if (until === null) return 'open';
  return until < day ? 'off' : 'until';
}

/** A proposal that does not go beyond the key's own last day. */
function withinKey(proposed: ReturnType<typeof today>, expiresOn: string): string {
  const last = parseDate(expiresOn);
  return (proposed.compare(last) > 0 ? last : proposed).toString();
}
