import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, ComboBox as Combining, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import styles from './fields.module.css';
import { FieldHint, FieldLabel, type Surroundings } from './fields.tsx';

/** A thing that can be picked. */
export interface Option {
  id: string;
  name: string;
  /** A second line: its id, its address. */
  detail?: string;
  /** Shown, so that nobody searches for it in vain, but not to be picked. */
  isDisabled?: boolean;
}

/**
 * Picks one of many, searched as one types: by the server (`onSearch` with what is typed, `options` what was found) or among
 * all options. An empty result stays an empty list, with `emptyWords` as its next step.
 */
export function ComboBox({
  label,
  hint,
  error,
  optional = false,
  options,
  value,
  onChange,
  search,
  onSearch,
  emptyWords,
  isDisabled = false,
}: Surroundings & {
  options: readonly Option[];
  value: string | null;
  onChange: (id: string | null) => void;
  /** What is typed, where the server searches. */
  search?: string;
  onSearch?: (text: string) => void;
  emptyWords: ReactNode;
  isDisabled?: boolean;
}) {
  return (
    <Combining
      items={options}
      {...(onSearch && { inputValue: search ?? '', onInputChange: onSearch, items: options })}
      {...(!onSearch && { defaultItems: options })}
      selectedKey={value}
      onSelectionChange={(key) => onChange(key === null ? null : String(key))}
      allowsEmptyCollection
      menuTrigger="focus"
      isInvalid={Boolean(error)}
      isDisabled={isDisabled}
      className={styles.field}
    >
      <FieldLabel label={label} optional={optional} />
      <div className={styles.search}>
        <Input className={styles.input} />
        <Button className={styles.clear}>
          <ChevronDown aria-hidden />
        </Button>
      </div>
      <FieldHint hint={hint} error={error} />
      <Popover className={styles.popover}>
        <ListBox<Option>
          className={styles.options}
          renderEmptyState={() => <div className={styles.option}>{emptyWords}</div>}
        >
          {({ id, name, detail, isDisabled = false }) => (
            <ListBoxItem id={id} textValue={name} isDisabled={isDisabled} className={styles.option}>
              {name}
              {detail && <small>{detail}</small>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Combining>
  );
}
