import accepts from 'accepts';
import type { FastifyRequest } from 'fastify';
import { type Language, languages } from '../domain/languages.ts';

/**
 * The language that a request is answered in, by its Accept-Language (RFC 9110, 12.5.4), English where it names none of
 * ours: programs that name nothing see no change. Ranges are compared by their primary language alone, so that `zh`, `zh-HK`
 * and `zh-Hant-TW` all find Traditional Chinese.
 */
export function languageOf({ headers, raw }: Pick<FastifyRequest, 'headers' | 'raw'>): Language {
  // Most requests are programs'; signed calls must not pay for it.
  if (headers['accept-language'] === undefined) return 'en';
  for (const range of accepts(raw).languages()) {
    const found = languages.find((language) => primary(language) === primary(range));
    if (found) return found;
  }
  return 'en';
}

const primary = (tag: string) => tag.split('-')[0]?.toLowerCase();

/** What an answer in words says of its language. */
export function languageHeaders(language: Language) {
  return { 'content-language': language, vary: 'accept-language' };
}
