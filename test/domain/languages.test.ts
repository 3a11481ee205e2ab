import { describe, expect, test } from 'vitest';
import { applicationStates, stateName } from '../../src/domain/application-states.ts';
import { actInWords, deliveryActs, interventions, verdicts } from '../../src/domain/decision.ts';
import { keyActInWords, keyActs } from '../../src/domain/key-acts.ts';
import { applicationKinds, kindInWords } from '../../src/domain/kinds.ts';
import { languages } from '../../src/domain/languages.ts';
import { mailInWords, mailKinds } from '../../src/domain/mails.ts';
import { problemInWords, problems } from '../../src/domain/problems.ts';
import { inWords, type Standing } from '../../src/domain/standing.ts';
import { eventInWords, lines } from '../../src/domain/timeline.ts';
import { refusals } from '../../src/gateway/verdict.ts';

const han = /\p{Script=Han}/u;
/** Two English words in a row; names, codes and headers may stand in a Chinese sentence. */
const sentence = /[a-z]{2,} [a-z]{2,}/;

/** What is said in Chinese is Chinese, and in English not. */
function expectBoth(say: (language: (typeof languages)[number]) => string) {
  const [english, chinese] = [say('en'), say('zh-TW')];
  expect(english).not.toMatch(han);
  expect(english).not.toBe('');
  expect(chinese).toMatch(han);
  expect(chinese).not.toMatch(sentence);
  // Half-width marks betray a sentence that was put together for English.
  expect(chinese).not.toMatch(/\p{Script=Han}[,:;?!]|[.]$/u);
}

describe('each is said in every language:', () => {
  test.each(Object.keys(problems))('the problem %s', (code) => {
    expectBoth((language) => problemInWords(code, language));
  });

  test.each(applicationStates)('an application that is %s, and what comes next', (state) => {
    for (const kind of applicationKinds)
      for (const level of [1, 2])
        for (const many of [false, true]) {
          const standing: Standing = {
            state,
            kind,
            level,
            levels: 2,
            levelName: 'API',
            approvals: { given: 0, needed: many ? 2 : 1 },
            denials: { given: many ? 1 : 0, needed: 2 },
            waitingFor: many ? ['Ben', 'Cleo', 'Bea'] : [],
            deliveryDueAt: many ? new Date(0) : null,
            heldBy: many ? 'Dora' : null,
            reason: many ? 'X' : null,
          };
          expectBoth((language) => inWords(standing, 'Asia/Taipei', language).now);
          expectBoth((language) => inWords(standing, 'Asia/Taipei', language).next);
        }
    expectBoth((language) => stateName(state, language));
  });

  test.each(Object.keys(lines))('%s in a timeline', (action) => {
    const details = {
      level: 1,
      levels: 2,
      levelName: 'API',
      message: 'x',
      code: 'invalid',
      problem: 'too-late',
      reason: 'X',
      to: ['a@example.com'],
      kind: 'credentials',
    };
    expectBoth((language) => eventInWords(action, details, language));
    expectBoth((language) => eventInWords(action, {}, language));
  });

  test('why a call is refused, what is asked for, what people do, what mails are about', () => {
    for (const words of Object.values(refusals)) expectBoth((language) => words[language]);
    for (const kind of applicationKinds) expectBoth((language) => kindInWords(kind, language));
    for (const act of [...verdicts, ...interventions, ...deliveryActs])
      expectBoth((language) => actInWords(act, language));
    for (const act of keyActs) expectBoth((language) => keyActInWords(act, language));
    for (const kind of mailKinds) expectBoth((language) => mailInWords(kind, language));
  });
});
