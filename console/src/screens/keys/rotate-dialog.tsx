import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useSession } from '../../api/session.tsx';
import { Confirm } from '../../components/dialog.tsx';
import { Choice, NumberField } from '../../components/fields.tsx';
import { useActing } from './act.ts';
import { useDelay } from './delay.ts';
import styles from './detail.module.css';

/** Asks how long the secret before stays valid, and says what a rotation does. */
export function RotateDialog({
  id,
  onClose,
  onDone,
}: {
  id: string;
  onClose: () => void;
  onDone: () => void;
}) {
  const t = useTranslations('keys.acts.rotate');
  const { service } = useSession();
  const delay = useDelay();
  const acting = useActing(id);
  const [grace, setGrace] = useState<'1d' | '7d' | '30d' | 'unused'>('7d');
  const [unusedDays, setUnusedDays] = useState(7);
  return (
    <Confirm
      title={t('title')}
      action={t('action')}
      isOpen
      onClose={onClose}
      onConfirm={async () => {
        await acting.rotate(grace === 'unused' ? { until: 'unused', unusedDays } : { grace });
        onDone();
      }}
    >
      <ul className={styles.list}>
        <li>{t(service.delivery === 'link' ? 'followsLink' : 'followsMail', { delay })}</li>
        <li>{t('follows')}</li>
        <li>{t('cannot')}</li>
      </ul>
      <Choice
        label={t('grace')}
        hint={t('graceHint')}
        error={acting.violations['grace']}
        value={grace}
        onChange={setGrace}
        options={[
          { id: '1d', name: t('day') },
          { id: '7d', name: t('week') },
          { id: '30d', name: t('month') },
          { id: 'unused', name: t('unused'), hint: t('unusedHint') },
        ]}
      />
      {grace === 'unused' && (
        <NumberField
          label={t('unusedDays')}
          error={acting.violations['unusedDays']}
          minValue={1}
          maxValue={365}
          value={unusedDays}
          onChange={setUnusedDays}
        />
      )}
    </Confirm>
  );
}
