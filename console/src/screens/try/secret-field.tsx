import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/fields.tsx';
import { pairIn } from './pasted.ts';
import styles from './try.module.css';

/**
 * Takes a pasted secret, or the mail that it is in. No password field: browsers offer to keep those, and this one is not to be
 * kept. For the same reason it has no name, and no spelling check, which some browsers leave to a server.
 */
export function SecretField({
  value,
  error,
  onChange,
  onPasted,
}: {
  value: string;
  error: string | undefined;
  onChange: (secret: string) => void;
  /** The public half that was pasted along, if any. */
  onPasted: (apiKey: string | undefined) => void;
}) {
  const t = useTranslations('tryIt.secret');
  const [isShown, setShown] = useState(false);
  return (
    <div className={[styles.secret, !isShown && styles.masked].filter(Boolean).join(' ')}>
      <TextField
        label={t('label')}
        hint={t('hint')}
        error={error}
        mono
        autoComplete="off"
        autoCorrect="off"
        spellCheck="false"
        value={value}
        onChange={(text) => onChange(text.trim())}
        onPaste={(event) => {
          const { apiKey, secretKey } = pairIn(event.clipboardData.getData('text'));
          onPasted(apiKey);
          if (secretKey === undefined) return;
          event.preventDefault();
          onChange(secretKey);
        }}
      />
      <Button
        aria-label={t(isShown ? 'hide' : 'show')}
        icon={isShown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
        onPress={() => setShown(!isShown)}
      >
        {null}
      </Button>
    </div>
  );
}
