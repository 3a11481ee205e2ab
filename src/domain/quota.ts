import type { Language } from './languages.ts';

/** The quota that has no limit, as digiRunner writes it. */
const unlimited = -1;
/** The largest quota that digiRunner's own form takes (2^31 - 1), so that keys stay exchangeable. */
export const maxQuota = 2_147_483_647;

/** A quota is -1 (unlimited) or a positive whole number of calls. */
export function isQuota(value: number): boolean {
  return value === unlimited || (Number.isInteger(value) && value >= 1 && value <= maxQuota);
}

/** Whether a quota allows at most so many calls; an unlimited one never does. */
export function isWithin(quota: number, most: number): boolean {
  return quota !== unlimited && quota <= most;
}

/** A quota in words. */
export function quotaInWords(quota: number, language: Language = 'en'): string {
  const count = quota.toLocaleString('en');
  if (language === 'zh-TW') return quota === unlimited ? '無限制' : `${count} 次呼叫`;
  if (quota === unlimited) return 'unlimited';
  return quota === 1 ? '1 call' : `${count} calls`;
}
