import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as Bare, Heading, Dialog as Inside, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { violationsOf } from '../api/problem.ts';
import { useAttempt } from './attempt.ts';
import { Button } from './button.tsx';
import styles from './dialog.module.css';
import { Refused } from './outcomes.tsx';

/** A dialog over the page, opened and closed by who shows it. */
export function Dialog({
  title,
  isOpen,
  onClose,
  children,
  width = 'normal',
  mustDecide = false,
}: {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  width?: 'normal' | 'wide';
  /** Not closed by a press beside it: something written would be lost. */
  mustDecide?: boolean;
}) {
  const t = useTranslations('common');
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={!mustDecide}
      className={styles.overlay}
    >
      <Modal className={[styles.modal, styles[width]].join(' ')}>
        <Inside className={styles.dialog}>
          <header className={styles.header}>
            <Heading slot="title">{title}</Heading>
            <Bare slot="close" aria-label={t('close')} className={styles.close}>
              <X aria-hidden />
            </Bare>
          </header>
          {children}
        </Inside>
      </Modal>
    </ModalOverlay>
  );
}

/**
 * Asks before something is done, does it, and closes only when the server has said that it is done; what it refused is told
 * inside.
 */
export function Confirm({
  title,
  action,
  danger = false,
  isOpen,
  onClose,
  onConfirm,
  children,
}: {
  title: string;
  /** What the button says: the verb, not "OK". */
  action: string;
  danger?: boolean;
  isOpen: boolean;
  onClose: () => void;
  onConfirm: () => Promise<unknown>;
  /** What is asked; as a function it is given what was refused at each field. */
  children?: ReactNode | ((errors: Record<string, string>) => ReactNode);
}) {
  const t = useTranslations('common');
  const { isPending, error, attempt, close } = useAttempt(onConfirm, onClose);
  return (
    <Dialog title={title} isOpen={isOpen} onClose={close}>
      {typeof children === 'function' ? children(violationsOf(error)) : children}
      <Refused error={error} />
      <Actions>
        <Button onPress={close}>{t('cancel')}</Button>
        <Button variant={danger ? 'danger' : 'primary'} isPending={isPending} onPress={() => void attempt()}>
          {action}
        </Button>
      </Actions>
    </Dialog>
  );
}

/** The buttons at the end of a dialog or a form. */
export function Actions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
