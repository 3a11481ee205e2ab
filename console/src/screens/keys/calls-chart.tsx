import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { useFormatter, useTranslations } from 'use-intl';
import type { Schemas } from '../../api/client.ts';
import { useDates } from '../../components/dates.ts';
import styles from './detail.module.css';

const ink = { fill: 'var(--ink-soft)', fontSize: 12 };

/** Calls per day as bars; hidden from screen readers, which are given the same as words and as a table. */
export default function CallsChart({ days }: { days: readonly Schemas['DayOfCalls'][] }) {
  const t = useTranslations('keys.use');
  const dates = useDates();
  const format = useFormatter();
  const short = (day: string) =>
    format.dateTime(new Date(`${day}T00:00:00Z`), { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const legend = { passed: t('passed'), refused: t('refused') };
  return (
    <div className={styles.chart} aria-hidden>
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 190 }}>
        <BarChart
          data={[...days]}
          margin={{ top: 4, right: 0, bottom: 0, left: 0 }}
          accessibilityLayer={false}
          barCategoryGap="18%"
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="day"
            tickFormatter={short}
            tick={ink}
            tickLine={false}
            stroke="var(--line-strong)"
            minTickGap={28}
          />
          <YAxis
            allowDecimals={false}
            tick={ink}
            tickLine={false}
            axisLine={false}
            width="auto"
            tickFormatter={(value: number) => format.number(value, { notation: 'compact' })}
          />
          <Tooltip
            cursor={{ fill: 'var(--sunken)' }}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const day = payload?.[0]?.payload as Schemas['DayOfCalls'] | undefined;
              if (!active || !day) return null;
              return (
                <div className={styles.tooltip}>
                  <strong>{dates.day(day.day)}</strong>
                  <span>
                    {legend.passed}: {format.number(day.passed)}
                  </span>
                  <span>
                    {legend.refused}: {format.number(day.refused)}
                  </span>
                </div>
              );
            }}
          />
          <Bar dataKey="passed" stackId="calls" fill="var(--accent)" isAnimationActive={false} />
          <Bar dataKey="refused" stackId="calls" fill="var(--bad)" isAnimationActive={false} />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
