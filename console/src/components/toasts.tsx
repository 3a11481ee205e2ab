import { CircleCheck, X } from 'lucide-react';
import {
  Button,
  UNSTABLE_ToastContent as Content,
  UNSTABLE_ToastQueue as Queue,
  UNSTABLE_ToastRegion as Region,
  Text,
  UNSTABLE_Toast as Toast,
} from 'react-aria-components';
import { useTranslations } from 'use-intl';
import styles from './toasts.module.css';

const queue = new Queue<string>({ maxVisibleToasts: 3 });

/** Says for some seconds what the server has said is done. Never what is only hoped for, and never a refusal. */
export function tell(words: string): void {
  queue.add(words, { timeout: 6_000 });
}

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
