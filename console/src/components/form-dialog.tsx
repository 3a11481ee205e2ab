import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { violationsOf } from '../api/problem.ts';
import { useAttempt } from './attempt.ts';
import { Button } from './button.tsx';
import { Actions, Dialog } from './dialog.tsx';
import { Refused } from './outcomes.tsx';

/**
 * A form in a dialog: saved by its button or Enter, closed only when the server has taken it. What it refused stands at the
 * fields that `children` gives it to (`errors` by name), and above the buttons.
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
  return (
    <Dialog title={title} isOpen={isOpen} onClose={close} width={width} mustDecide>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void attempt();
        }}
      >
        <Stack>
          {children(violationsOf(error))}
          <Refused error={error} />
          <Actions>
            <Button onPress={close}>{t('cancel')}</Button>
            <Button variant="primary" type="submit" isPending={isPending} isDisabled={!isReady}>
              {action ?? t('save')}
            </Button>
          </Actions>
        </Stack>
      </form>
    </Dialog>
  );
}

/** Things below one another, at the distance of a form's fields. */
function Stack({ children }: { children: ReactNode }) {
  return <div style={{ display: 'grid', gap: 'var(--s4)' }}>{children}</div>;
}
