import type { MailFacts } from './facts.ts';
import { factsTable, inOneLine, inSubject, letter, link, paragraph, quote } from './layout.ts';
import type { Message } from './mailer.ts';

/** Who denied an application, and why. */
export interface Denial {
  comment: string;
  reviewerName: string;
  levelName: string;
}

/** Tells the applicant that the application was denied, why, and what can be done. */
export function rejectionMail(facts: MailFacts, { comment, reviewerName, levelName }: Denial): Message {
  const reviewer = inOneLine(reviewerName) || 'A reviewer';
  const level = inOneLine(levelName);
  const at = level === '' ? '' : ` at level "${level}"`;
  return letter(facts.brand, `Denied: "${inSubject(facts.keyName)}" for ${inSubject(facts.clientName)}`, [
    paragraph(`Your application for an API key was denied. ${reviewer} decided so${at}, with this comment:`),
    quote(comment),
    paragraph(
      'This application ends here, and no key is issued. If the comment shows you what to change, write a new application.',
    ),
    factsTable(facts),
    link('The application', facts.link),
  ]);
}
