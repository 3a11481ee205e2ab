import type { ReactNode } from 'react';
import type { Field } from './content.ts';

const idOf = (field: Field) => `field-${field}`;

/** Around a field: tells when it has been left, which is when what is wrong with it may be said. */
export function FieldFrame({
  field,
  onLeave,
  children,
}: {
  field: Field;
  onLeave: (field: Field) => void;
  children: ReactNode;
}) {
  return (
    <div
      id={idOf(field)}
      onBlur={({ currentTarget, relatedTarget }) => {
        // A calendar that it has opened is a part of it, and so is a window that somebody looks something up in.
        const isInside = relatedTarget instanceof Element && currentTarget.contains(relatedTarget);
        const isItsOwn = relatedTarget instanceof Element && relatedTarget.closest('[role="dialog"]');
        if (!isInside && !isItsOwn && document.hasFocus()) onLeave(field);
      }}
    >
      {children}
    </div>
  );
}

/** Puts the focus where a field is written in. */
export function focusOn(field: Field): void {
  document
    .querySelector<HTMLElement>(
      `#${idOf(field)} :is(input:not([type="radio"]), textarea, [role="spinbutton"], input[type="radio"])`,
    )
    ?.focus();
}
