import type { Language } from './languages.ts';

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Reads `10m`, `90s`, `2h`, `500ms` or `0s` as milliseconds; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text.trim());
  return match ? Number(match[1]) * units[match[2] as keyof typeof units] : undefined;
}

/** A duration in words, in its largest unit that loses nothing: `10 minutes`. */
export function durationInWords(milliseconds: number, language: Language = 'en'): string {
  const names = [
    ['day', '天', units.d],
    ['hour', '小時', units.h],
    ['minute', '分鐘', units.m],
    ['second', '秒', units.s],
  ] as const;
  for (const [name, chinese, size] of names) {
    if (milliseconds >= size && milliseconds % size === 0) {
      const count = milliseconds / size;
      if (language === 'zh-TW') return ` ${count} ${chinese}`;
      return count === 1 ? `1 ${name}` : `${count} ${name}s`;
    }
  }
  return `${milliseconds} ms`;
}
