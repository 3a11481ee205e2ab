import type { ReactNode, Ref } from 'react';
import {
  composeRenderProps,
  Button as Pressable,
  type ButtonProps as PressableProps,
} from 'react-aria-components';
import styles from './button.module.css';

export interface ButtonProps extends PressableProps {
  /** primary: the one thing to do here; danger: what cannot be undone; quiet: all that must not draw the eye. */
  variant?: 'primary' | 'secondary' | 'danger' | 'quiet';
  size?: 'normal' | 'small';
  icon?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

/** A button. With `isPending` it keeps the focus, says that it works, and cannot be pressed again. */
export function Button({
  variant = 'secondary',
  size = 'normal',
  icon,
  children,
  className,
  ...props
}: ButtonProps) {
  return (
    <Pressable
      {...props}
      className={composeRenderProps(className, (given) =>
        [styles.button, styles[variant], styles[size], given].filter(Boolean).join(' '),
      )}
    >
      {composeRenderProps(children, (content, { isPending }) => (
        <>
          {isPending ? <span className={styles.spinner} aria-hidden /> : icon}
          {content}
        </>
      ))}
    </Pressable>
  );
}
