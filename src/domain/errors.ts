import type { Language, Words } from './languages.ts';
import { type ProblemCode, problems } from './problems.ts';

/** One broken rule: which field (dotted path, empty for the whole), what is wrong, and what would be right. */
export interface Violation {
  field: string;
  message: Words;
}

/** Broken rules as one text, for where there is room for nothing else. */
export function violationsInWords(violations: readonly Violation[]): Words {
  const said = (language: Language) =>
    violations.map(({ field, message }) => `${field}: ${message[language]}`).join(' ');
  return { en: said('en'), 'zh-TW': said('zh-TW') };
}

/**
 * The one error that Keygrant throws on purpose. What it says is written for the person who asked and never holds a
 * secret; in English it is the error's message. HTTP translates it in `src/http/errors.ts`.
 */
export class KeygrantError extends Error {
  readonly code: ProblemCode;
  readonly words: Words;
  readonly violations: readonly Violation[];

  constructor(code: ProblemCode, words: Words = problems[code], violations: readonly Violation[] = []) {
    super(words.en);
    this.name = 'KeygrantError';
    this.code = code;
    this.words = words;
    this.violations = violations;
  }
}
