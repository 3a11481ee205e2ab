import type { MailFacts } from './facts.ts';
import { factsTable, inSubject, letter, link, paragraph, quote } from './layout.ts';
import type { Message } from './mailer.ts';

/** Tells the applicant that nobody decided in time. */
export function lapseMail(facts: MailFacts, { reason }: { reason: string }): Message {
  return letter(facts.brand, `Lapsed: "${inSubject(facts.keyName)}" for ${inSubject(facts.clientName)}`, [
    paragraph(
      'Your application for an API key has lapsed: nobody decided it in time, although its reviewers were asked.',
    ),
    quote(reason),
    paragraph('If you still need a key, write a new application, and tell the people who review it.'),
    factsTable(facts),
    link('The application', facts.link),
  ]);
}
