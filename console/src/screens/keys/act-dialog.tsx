import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useSession } from '../../api/session.tsx';
import { Confirm } from '../../components/dialog.tsx';
import { TextField } from '../../components/fields.tsx';
import { type Act, useActing } from './act.ts';
import { useDelay } from './delay.ts';
import styles from './detail.module.css';

/** Where the words about each act are. */
const wordsOf = {
  'rotation/completion': 'finish',
  suspension: 'suspend',
  resumption: 'resume',
  revocation: 'revoke',
  leak: 'leak',
  reissue: 'reissue',
} as const;

/** Acts that others are told of, so that they need a reason. */
const explained: ReadonlySet<Act> = new Set(['suspension', 'revocation', 'leak']);
const grave: ReadonlySet<Act> = new Set(['suspension', 'revocation', 'leak', 'rotation/completion']);

/** Asks before something is done to a key, and says what follows from it. */
export function ActDialog({
  id,
  act,
  onClose,
  onDone,
}: {
  id: string;
  act: Exclude<Act, 'rotation'>;
  onClose: () => void;
  onDone: () => void;
}) {
  const t = useTranslations('keys.acts');
  const { service } = useSession();
  const delay = useDelay();
  const [comment, setComment] = useState('');
  const acting = useActing(id);
  const name = wordsOf[act];
  return (
    <Confirm
      title={t(`${name}.title`)}
      action={t(`${name}.action`)}
      danger={grave.has(act)}
      isOpen
      onClose={onClose}
      onConfirm={async () => {
        await acting.act(act, t(`${name}.done`), comment);
        onDone();
      }}
    >
      {name === 'reissue' ? (
        <ul className={styles.list}>
          <li>{t(`reissue.${service.delivery}`, { delay })}</li>
          <li>{t('reissue.once')}</li>
        </ul>
      ) : (
        <p>{t(`${name}.words`)}</p>
      )}
      {explained.has(act) && (
        <TextField
          label={t('comment')}
          hint={t('commentHint')}
          error={acting.violations['comment']}
          multiline
          isRequired
          value={comment}
          onChange={setComment}
        />
      )}
    </Confirm>
  );
}
