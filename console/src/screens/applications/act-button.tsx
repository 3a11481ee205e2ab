import { type ComponentProps, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button, type ButtonProps } from '../../components/button.tsx';
import { Confirm } from '../../components/dialog.tsx';
import { TextField } from '../../components/fields.tsx';
import { type PlainAct, plain, type Reworded, useAct } from './acts.ts';

/**
 * A button that asks in a dialog before it does something: what it means, and why it is done. What the server refuses is told
 * there.
 */
export function ActButton({
  id,
  act,
  told = act,
  ...look
}: {
  id: string;
  act: PlainAct;
  /** By which words it is asked and told, where the same act means two things. */
  told?: PlainAct | Reworded;
} & Omit<ComponentProps<typeof Asking>, 'action' | 'onConfirm' | 'children'>) {
  const t = useTranslations('application');
  const does = useAct(id);
  const [comment, setComment] = useState('');
  return (
    <Asking {...look} action={t(`acts.${told}`)} onConfirm={() => does(told, plain(act, comment))}>
      <p>{t(`ask.${told}`)}</p>
      <TextField
        label={t('comment')}
        hint={t('commentHint')}
        optional
        multiline
        maxLength={2000}
        value={comment}
        onChange={setComment}
      />
    </Asking>
  );
}

/**
 * A button and the dialog that it opens. The dialog stays when others are faster and the button goes: whoever is writing in it
 * is told by the refusal. After it is done the focus is where the page says where the application stands.
 */
export function Asking({
  isAllowed,
  action,
  isDanger = false,
  onConfirm,
  children,
  ...look
}: {
  isAllowed: boolean;
  action: string;
  isDanger?: boolean;
  onConfirm: () => Promise<unknown>;
  children: ComponentProps<typeof Confirm>['children'];
} & Pick<ButtonProps, 'icon' | 'variant' | 'size'>) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      {isAllowed && (
        <Button {...look} onPress={() => setOpen(true)}>
          {action}
        </Button>
      )}
      <Confirm
        title={action}
        action={action}
        danger={isDanger}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        onConfirm={async () => {
          await onConfirm();
          // The button may be gone, and the focus with it.
          setTimeout(() => document.getElementById(standingId)?.focus(), 100);
        }}
      >
        {children}
      </Confirm>
    </>
  );
}

/** The sentence that says where the application stands. */
export const standingId = 'standing';
