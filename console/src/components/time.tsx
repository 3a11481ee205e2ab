import { useEffect, useState } from 'react';
import { useFormatter } from 'use-intl';
import { serverNow } from '../api/connection.ts';

/** The present by the server's clock, anew every `every` milliseconds. */
export function useNow(every: number): Date {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

/** How long ago, or until when; the exact moment is in its title. */
export function Ago({ at }: { at: string }) {
  const format = useFormatter();
  const now = useNow(30_000);
  const moment = new Date(at);
  return (
    <time dateTime={at} title={format.dateTime(moment, { dateStyle: 'full', timeStyle: 'medium' })}>
      {Math.abs(now.getTime() - moment.getTime()) < 45_000
        ? format.relativeTime(now, now)
        : format.relativeTime(moment, now)}
    </time>
  );
}

/** A moment, as the language writes it. */
export function Moment({ at }: { at: string }) {
  const format = useFormatter();
  return (
    <time dateTime={at}>{format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'short' })}</time>
  );
}

/** A calendar date (2026-12-31), which is the same day everywhere. */
export function Day({ on }: { on: string }) {
  const format = useFormatter();
  return (
    <time dateTime={on}>
      {format.dateTime(new Date(`${on}T00:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' })}
    </time>
  );
}

/** What is left until a moment, by the second: 9:58. Nothing is left afterwards: 0:00. */
export function Countdown({ until }: { until: string }) {
  const now = useNow(1_000);
  const seconds = Math.max(0, Math.round((Date.parse(until) - now.getTime()) / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const parts = [...(hours > 0 ? [hours] : []), minutes, seconds % 60];
  const text = parts.map((part, at) => (at === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
  return (
    <time dateTime={until} role="timer">
      {text}
    </time>
  );
}
