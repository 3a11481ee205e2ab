import { type Act, actInWords } from './decision.ts';
import { type KeyActName, keyActInWords } from './key-acts.ts';
import type { Language, Words } from './languages.ts';
import { type MailKind, mailInWords } from './mails.ts';
import { problems } from './problems.ts';

/** A signal as a workflow received it. */
interface Received {
  /** Null where it could not be read. */
  act: Act | null;
  level: number | null;
  round: number | null;
  /** `recorded`, or the problem for which it changed nothing. */
  outcome: string;
}

/** What became of a signal, as a line of a trail; one that was carried is an approval of an earlier level. */
export function signalInWords(signal: Received | { carriedTo: number | null }, language: Language): string {
  if ('carriedTo' in signal) return carried[language](signal.carriedTo);
  const { act, level, round, outcome } = signal;
  return `${received[language](act && actInWords(act, language), level, round)}${became(outcome, language)}`;
}

/** The same of a signal to the workflow of a key. */
export function keySignalInWords(
  { act, outcome }: { act: KeyActName | null; outcome: string },
  language: Language,
): string {
  return `${receivedByKey[language](act && keyActInWords(act, language))}${became(outcome, language)}`;
}

/** An attempt to send a mail, as a line of a trail. */
export function attemptInWords(
  attempt: {
    number: number;
    kind: MailKind;
    to: readonly string[];
    ended: boolean;
    succeeded: boolean | null;
  },
  language: Language,
): string {
  const { number, kind, to, ended, succeeded } = attempt;
  const known = succeeded === null ? 'unanswered' : succeeded ? 'succeeded' : 'failed';
  const ending = endings[ended ? known : 'open'][language];
  return attempts[language](number, mailInWords(kind, language), to, ending);
}

const carried = {
  en: (level: number | null) => `The approval of an earlier level counted at level ${level}, too.`,
  'zh-TW': (level: number | null) => `先前關卡的核准，也計入第 ${level} 關。`,
} as const;

type ReceivedWords = (act: string | null, level: number | null, round: number | null) => string;
const received: Record<Language, ReceivedWords> = {
  en: (act, level, round) => {
    const ofLevel = level === null ? '' : ` at level ${level}`;
    const what = act === null ? 'A signal' : `The decision to ${act}${ofLevel}`;
    return `${what} reached the workflow${round === null ? '' : ` in round ${round}`}. `;
  },
  'zh-TW': (act, level, round) => {
    const ofLevel = level === null ? '' : `第 ${level} 關`;
    const what = act === null ? '一項訊號' : `${ofLevel}「${act}」的決定`;
    return `${round === null ? '' : `第 ${round} 次送審：`}流程收到${what}。`;
  },
};

const receivedByKey: Record<Language, (act: string | null) => string> = {
  en: (act) => `${act === null ? 'A signal' : `The signal to ${act}`} reached the workflow. `,
  'zh-TW': (act) => `流程收到${act === null ? '一項訊號' : `「${act}」的訊號`}。`,
};

const recorded: Words = { en: 'It was recorded.', 'zh-TW': '已記錄。' };
const refused = {
  en: (outcome: string) => `It was refused: ${outcome}.`,
  'zh-TW': (outcome: string) => `已拒絕：${outcome}。`,
} as const;

function became(outcome: string, language: Language): string {
  if (outcome === 'recorded') return recorded[language];
  const problem = (problems as Readonly<Record<string, Words>>)[outcome];
  return problem ? problem[language] : refused[language](outcome);
}

const endings = {
  open: { en: 'was cut off, or is under way', 'zh-TW': '已中斷，或仍在進行' },
  unanswered: { en: 'had no answer, so it may have been taken', 'zh-TW': '沒有回應，可能已被接受' },
  succeeded: { en: 'succeeded', 'zh-TW': '成功' },
  failed: { en: 'did not succeed', 'zh-TW': '失敗' },
} as const satisfies Record<string, Words>;

const attempts = {
  en: (number: number, mail: string, to: readonly string[], ending: string) =>
    `Attempt ${number} to mail (${mail}) to ${to.join(', ')} ${ending}.`,
  'zh-TW': (number: number, mail: string, to: readonly string[], ending: string) =>
    `第 ${number} 次嘗試寄出郵件（${mail}）給 ${to.join('、')}：${ending}。`,
} as const;
