import { type CalendarDate, parseDate } from '@internationalized/date';
import { Calendar as CalendarIcon, ChevronLeft, ChevronRight } from 'lucide-react';
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  Heading,
  Popover,
} from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { Button as Small } from './button.tsx';
import styles from './date-field.module.css';
import { FieldHint, FieldLabel, type Surroundings } from './fields.tsx';

/**
 * A calendar date as the API writes it (2026-12-31), typed or picked; presets are buttons beside it.
 * @param value null or '' for none yet
 */
export function DateField({
  label,
  hint,
  error,
  optional = false,
  value,
  onChange,
  min,
  max,
  presets = [],
  isDisabled = false,
}: Surroundings & {
  value: string | null;
  onChange: (value: string | null) => void;
  min?: string;
  max?: string;
  presets?: readonly { name: string; value: string }[];
  isDisabled?: boolean;
}) {
  const t = useTranslations('common.date');
  return (
    <DatePicker<CalendarDate>
      value={value ? parseDate(value) : null}
      onChange={(date) => onChange(date?.toString() ?? null)}
      {...(min && { minValue: parseDate(min) })}
      {...(max && { maxValue: parseDate(max) })}
      isInvalid={Boolean(error)}
      isDisabled={isDisabled}
      className={styles.field}
    >
      <FieldLabel label={label} optional={optional} />
      <Group className={styles.group}>
        <DateInput className={styles.input}>
          {(segment) => <DateSegment segment={segment} className={styles.segment} />}
        </DateInput>
        <Button className={styles.open} aria-label={t('pick')}>
          <CalendarIcon aria-hidden />
        </Button>
      </Group>
      {presets.length > 0 && (
        <div className={styles.presets}>
          {presets.map((preset) => (
            <Small
              key={preset.name}
              size="small"
              slot={null}
              isDisabled={isDisabled}
              onPress={() => onChange(preset.value)}
            >
              {preset.name}
            </Small>
          ))}
        </div>
      )}
      <FieldHint hint={hint} error={error} />
      <Popover className={styles.popover}>
        <Dialog className={styles.dialog}>
          <Calendar>
            <header className={styles.header}>
              <Button slot="previous" aria-label={t('previous')} className={styles.turn}>
                <ChevronLeft aria-hidden />
              </Button>
              <Heading className={styles.month} />
              <Button slot="next" aria-label={t('next')} className={styles.turn}>
                <ChevronRight aria-hidden />
              </Button>
            </header>
            <CalendarGrid className={styles.grid}>
              {(date) => <CalendarCell date={date} className={styles.cell} />}
            </CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </DatePicker>
  );
}
