import { useTranslations } from 'use-intl';
import type { Schemas } from '../../api/client.ts';
import { useSession } from '../../api/session.tsx';
import { Button } from '../../components/button.tsx';
import { useDates } from '../../components/dates.ts';
import { Notice } from '../../components/notice.tsx';
import type { Act } from './act.ts';

/** What is out of the ordinary about a key now, and what ends it. */
export function Standing({ value, onAsk }: { value: Schemas['Key']; onAsk: (act: Act) => void }) {
  const t = useTranslations('keys.standing');
  const { day } = useDates();
  const { state, suspension, rotation, effectiveOn, expiresOn } = value;
  return (
    <>
      {state === 'not-yet-effective' && <Notice>{t('early', { day: day(effectiveOn) })}</Notice>}
      {state === 'expired' && <Notice tone="wait">{t('expired', { day: day(expiresOn) })}</Notice>}
      {state === 'revoked' && <Notice tone="wait">{t('revoked')}</Notice>}
      {state === 'suspended' && suspension && <Suspended value={value} onAsk={onAsk} />}
      {rotation && state !== 'revoked' && <Rotating rotation={rotation} value={value} onAsk={onAsk} />}
    </>
  );
}

function Suspended({ value, onAsk }: { value: Schemas['Key']; onAsk: (act: Act) => void }) {
  const t = useTranslations('keys.standing');
  const acts = useTranslations('keys.acts');
  const { moment } = useDates();
  const { suspension, actions } = value;
  if (!suspension) return null;
  const { for: reason, by, at, comment } = suspension;
  const mayReissue = actions.includes('reissue');
  return (
    <Notice
      tone="wait"
      title={t(reason === 'leak' ? 'leakTitle' : 'suspendedTitle')}
      actions={
        <>
          {mayReissue && (
            <Button size="small" onPress={() => onAsk('reissue')}>
              {acts('reissue.action')}
            </Button>
          )}
          {actions.includes('resumption') && (
            <Button size="small" onPress={() => onAsk('resumption')}>
              {acts('resume.action')}
            </Button>
          )}
        </>
      }
    >
      {comment && <q>{comment}</q>}
      <small>{t('suspendedBy', { name: by.name, at: moment(at) })}</small>
      {mayReissue && <p>{t('leakNext')}</p>}
    </Notice>
  );
}

function Rotating({
  rotation,
  value,
  onAsk,
}: {
  rotation: Schemas['Rotation'];
  value: Schemas['Key'];
  onAsk: (act: Act) => void;
}) {
  const t = useTranslations('keys.standing');
  const acts = useTranslations('keys.acts');
  const { moment } = useDates();
  const { service } = useSession();
  const { handedOver, endsAt, unusedDays, lastUsedAt } = rotation;
  if (!handedOver) {
    return (
      <Notice title={t('rotationTitle')}>
        <p>{t(service.delivery === 'link' ? 'rotationLink' : 'rotationMail')}</p>
      </Notice>
    );
  }
  return (
    <Notice
      title={t('graceTitle')}
      actions={
        value.actions.includes('rotation/completion') && (
          <Button size="small" onPress={() => onAsk('rotation/completion')}>
            {acts('finish.action')}
          </Button>
        )
      }
    >
      <p>
        {unusedDays === null
          ? endsAt && t('graceEnds', { at: moment(endsAt) })
          : t('graceUnused', { days: unusedDays })}
      </p>
      <small>{lastUsedAt ? t('graceUsed', { at: moment(lastUsedAt) }) : t('graceNever')}</small>
    </Notice>
  );
}
