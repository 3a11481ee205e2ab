import { ChevronDown, Search, X } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  TextArea as Area,
  Checkbox as Box,
  Button,
  type CheckboxProps,
  Select as Choosing,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  type NumberFieldProps,
  NumberField as Numeric,
  Popover,
  Radio,
  RadioGroup,
  type RadioGroupProps,
  type SearchFieldProps,
  SearchField as Searching,
  type SelectProps,
  SelectValue,
  Text,
  type TextFieldProps,
  TextField as Texting,
} from 'react-aria-components';
import { useTranslations } from 'use-intl';
import styles from './fields.module.css';

/** What every field has around its control. */
export interface Surroundings {
  label: string;
  /** The rule beside the field, told before it is broken. */
  hint?: ReactNode;
  /** What is wrong with the value; the field is marked, and a screen reader told. */
  error?: string | undefined;
  /** Says "optional" after the label. */
  optional?: boolean;
}

/** A field's label, as the fields here and pickers elsewhere share it. */
export function FieldLabel({ label, optional }: Pick<Surroundings, 'label' | 'optional'>) {
  const t = useTranslations('common');
  return (
    <Label className={styles.label}>
      {label}
      {optional && <span className={styles.optional}>{t('optional')}</span>}
    </Label>
  );
}

/** A field's rule and what is wrong, under its control. */
export function FieldHint({ hint, error }: Pick<Surroundings, 'hint' | 'error'>) {
  return (
    <>
      {hint && (
        <Text slot="description" className={styles.hint}>
          {hint}
        </Text>
      )}
      <FieldError className={styles.error}>{error}</FieldError>
    </>
  );
}

/** One line of text; `multiline` for more. */
export function TextField({
  label,
  hint,
  error,
  optional = false,
  multiline = false,
  placeholder,
  mono = false,
  ...props
}: Surroundings & TextFieldProps & { multiline?: boolean; placeholder?: string; mono?: boolean }) {
  const look = [styles.input, mono && styles.mono].filter(Boolean).join(' ');
  return (
    <Texting {...props} isInvalid={Boolean(error)} className={styles.field}>
      <FieldLabel label={label} optional={optional} />
      {multiline ? (
        <Area className={look} rows={4} placeholder={placeholder} />
      ) : (
        <Input className={look} placeholder={placeholder} />
      )}
      <FieldHint hint={hint} error={error} />
    </Texting>
  );
}

/** A number, written as the language writes numbers. */
export function NumberField({
  label,
  hint,
  error,
  optional = false,
  ...props
}: Surroundings & NumberFieldProps) {
  return (
    <Numeric {...props} isInvalid={Boolean(error)} className={styles.field}>
      <FieldLabel label={label} optional={optional} />
      <Input className={styles.input} />
      <FieldHint hint={hint} error={error} />
    </Numeric>
  );
}

/**
 * Searches as one types; the label is for screen readers, the placeholder for eyes.
 * @param overList its arrow keys move through a list that is always open beneath it
 */
export function SearchField({
  label,
  overList = false,
  ...props
}: SearchFieldProps & { label: string; overList?: boolean }) {
  const t = useTranslations('common');
  return (
    <Searching {...props} aria-label={label} className={styles.search}>
      <Search aria-hidden />
      <Input
        className={styles.input}
        placeholder={label}
        {...(overList && { role: 'combobox', 'aria-expanded': true, 'aria-haspopup': 'listbox' })}
      />
      <Button className={styles.clear} aria-label={t('clear')}>
        <X aria-hidden />
      </Button>
    </Searching>
  );
}

/** One of a few. For many, or for what the server searches, see ComboBox. */
export function Select<K extends string>({
  label,
  hint,
  error,
  optional = false,
  hideLabel = false,
  options,
  value,
  onChange,
  ...props
}: Surroundings &
  Omit<SelectProps<object>, 'children' | 'onChange' | 'selectedKey' | 'value'> & {
    hideLabel?: boolean;
    options: readonly { id: K; name: string }[];
    value: K | null;
    onChange: (value: K) => void;
  }) {
  return (
    <Choosing
      {...props}
      {...(hideLabel && { 'aria-label': label })}
      isInvalid={Boolean(error)}
      selectedKey={value}
      onSelectionChange={(key) => key !== null && onChange(key as K)}
      className={styles.field}
    >
      {!hideLabel && <FieldLabel label={label} optional={optional} />}
      <Button className={[styles.input, styles.select].join(' ')}>
        <SelectValue />
        <ChevronDown aria-hidden />
      </Button>
      <FieldHint hint={hint} error={error} />
      <Popover className={styles.popover}>
        <ListBox className={styles.options} items={options}>
          {({ id, name }) => (
            <ListBoxItem id={id} textValue={name} className={styles.option}>
              {name}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Choosing>
  );
}

/** One of two or three, all in sight; each may say what it means. */
export function Choice<K extends string>({
  label,
  hint,
  error,
  options,
  value,
  onChange,
  ...props
}: Surroundings &
  Omit<RadioGroupProps, 'children' | 'onChange' | 'value'> & {
    options: readonly { id: K; name: string; hint?: string }[];
    value: K | null;
    onChange: (value: K) => void;
  }) {
  return (
    <RadioGroup
      {...props}
      value={value}
      onChange={(chosen) => onChange(chosen as K)}
      isInvalid={Boolean(error)}
      className={styles.field}
    >
      <FieldLabel label={label} />
      <div className={styles.choices}>
        {options.map(({ id, name, hint: meaning }) => (
          <Radio key={id} value={id} className={styles.choice}>
            <span className={styles.dot} aria-hidden />
            <span>
              {name}
              {meaning && <small>{meaning}</small>}
            </span>
          </Radio>
        ))}
      </div>
      <FieldHint hint={hint} error={error} />
    </RadioGroup>
  );
}

/** Yes or no. */
export function Checkbox({ children, ...props }: CheckboxProps & { children: ReactNode }) {
  return (
    <Box {...props} className={styles.checkbox}>
      {({ isSelected, isIndeterminate }) => (
        <>
          <span className={styles.box} aria-hidden>
            {isIndeterminate ? '–' : isSelected ? '✓' : ''}
          </span>
          {children}
        </>
      )}
    </Box>
  );
}
