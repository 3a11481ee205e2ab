import type { MailFacts } from './facts.ts';
import { factsTable, heading, inOneLine, inSubject, letter, link, paragraph } from './layout.ts';
import type { Message } from './mailer.ts';

/** The level that has opened. */
export interface OpenLevel {
  /** From 1. */
  level: number;
  levels: number;
  levelName: string;
  /** Whether they were asked before. */
  reminder?: boolean;
}

/** Asks the reviewers of a level to decide: who applies, for what exactly, and what their yes would do. */
export function reviewMail(
  facts: MailFacts,
  { level, levels, levelName, reminder = false }: OpenLevel,
): Message {
  const place = `level ${level} of ${levels}`;
  const name = inOneLine(levelName);
  const keyName = inSubject(facts.keyName);
  const clientName = inSubject(facts.clientName);
  const asking = reminder ? 'Reminder, please review' : 'Please review';
  return letter(facts.brand, `${asking}: "${keyName}" for ${clientName} (${place})`, [
    paragraph(
      `Your decision is needed at ${place}${name === '' ? '' : ` (${name})`}: ${facts.applicantName} applies for an API key for ${facts.clientName}.`,
    ),
    factsTable(facts),
    heading('What your approval means'),
    paragraph(
      `You agree that ${facts.clientName} may call the APIs above, with a key of its own, from the effective to the expiry date and as often as the quota allows. ${
        level < levels
          ? `The application then goes on to level ${level + 1}; the key is issued when the last level has approved.`
          : 'Yours is the last level: the key is then issued, and its credentials are mailed to the applicant and the client.'
      }`,
    ),
    paragraph(
      'A denial ends the application; a return lets the applicant change it and submit it again. Both need a comment, which the applicant receives. If another reviewer of this level has decided meanwhile, there is nothing left for you to do.',
    ),
    link('See and decide', facts.link),
  ]);
}
