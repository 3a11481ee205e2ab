import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { violationsOf } from '../api/problem.ts';
import { useAttempt } from './attempt.ts';
import { Button } from './button.tsx';
import { Actions, Dialog } from './dialog.tsx';
import { useFocusOnce } from './focus-once.ts';
import { Notice } from './notice.tsx';
import { Refused } from './outcomes.tsx';

/**
 * A form in a dialog: saved by its button or Enter, closed only when the server has taken it. What it refused stands at the
 * fields that `children` gives it to (`errors` by name), and above the buttons. Escape and the cross ask before they take away
 * what was written; Cancel says it.
 */
export function FormDialog({
  title,
  action,
  isReady = true,
  isOpen,
  onClose,
  onSave,
  width = 'normal',
  children,
}: {
  title: string;
  action?: string;
  /** Whether there is something to save yet. */
  isReady?: boolean;
  isOpen: boolean;
  onClose: () => void;
  onSave: () => Promise<unknown>;
  width?: 'normal' | 'wide';
  children: (errors: Record<string, string>) => ReactNode;
}) {
  const t = useTranslations('common');
  const { isPending, error, attempt, close } = useAttempt(onSave, onClose);
  const [isChanged, setChanged] = useState(false);
  const [asks, setAsks] = useState(false);
  const leave = () => (isChanged ? setAsks(!asks) : close());
  return (
    <Dialog title={title} isOpen={isOpen} onClose={leave} width={width} mustDecide>
      <form
        noValidate
        onChange={() => setChanged(true)}
        onSubmit={(event) => {
          event.preventDefault();
          void attempt();
        }}
      >
        <Stack>
          {children(violationsOf(error))}
          <Refused error={error} />
          {asks ? (
            <Unsaved onDiscard={close} onStay={() => setAsks(false)} />
          ) : (
            <Actions>
              <Button onPress={close}>{t('cancel')}</Button>
              <Button variant="primary" type="submit" isPending={isPending} isDisabled={!isReady}>
                {action ?? t('save')}
              </Button>
            </Actions>
          )}
        </Stack>
      </form>
    </Dialog>
  );
}

/** Asked in place of the buttons; the focus is on what loses nothing. */
function Unsaved({ onDiscard, onStay }: { onDiscard: () => void; onStay: () => void }) {
  const t = useTranslations('common');
  const stay = useFocusOnce<HTMLButtonElement>();
  return (
    <Notice
      tone="wait"
      title={t('unsaved')}
      actions={
        <>
          <Button variant="danger" onPress={onDiscard}>
            {t('discard')}
          </Button>
          <Button ref={stay} variant="primary" onPress={onStay}>
            {t('keepWriting')}
          </Button>
        </>
      }
    />
  );
}

/** Things below one another, at the distance of a form's fields. */
function Stack({ children }: { children: ReactNode }) {
  return <div style={{ display: 'grid', gap: 'var(--s4)' }}>{children}</div>;
}
