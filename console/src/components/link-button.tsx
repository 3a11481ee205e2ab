import { createLink } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';
import styles from './button.module.css';

interface Props extends ComponentProps<'a'> {
  variant?: 'primary' | 'secondary' | 'quiet';
  size?: 'normal' | 'small';
  icon?: ReactNode;
}

function Anchor({ variant = 'secondary', size = 'normal', icon, children, ...props }: Props) {
  return (
    <a {...props} className={[styles.button, styles[variant], styles[size]].join(' ')}>
      {icon}
      {children}
    </a>
  );
}

/** A link that looks like a button: for what leads elsewhere and changes nothing. */
export const LinkButton = createLink(Anchor);
