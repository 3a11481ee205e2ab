import { CircleCheck, X } from 'lucide-react';
import {
  Button,
  UNSTABLE_ToastContent as Content,
  UNSTABLE_ToastRegion as Region,
  Text,
  UNSTABLE_Toast as Toast,
} from 'react-aria-components';
import { useTranslations } from 'use-intl';
import styles from './toasts.module.css';
import { queue } from './toasts.ts';

/** Where they appear; once in the shell. */
export function Toasts() {
  const t = useTranslations('common');
  return (
    <Region queue={queue} className={styles.region}>
      {({ toast }) => (
        <Toast toast={toast} className={styles.toast}>
          <CircleCheck aria-hidden />
          <Content>
            <Text slot="title">{toast.content}</Text>
          </Content>
          <Button slot="close" aria-label={t('close')}>
            <X aria-hidden />
          </Button>
        </Toast>
      )}
    </Region>
  );
}
