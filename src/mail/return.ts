import type { MailFacts } from './facts.ts';
import { factsTable, inSubject, letter, link, paragraph, quote } from './layout.ts';
import type { Message } from './mailer.ts';

/** Tells the applicant that an approved application cannot be issued as its reviewers saw it, and what to do. */
export function returnMail(facts: MailFacts, { reason }: { reason: string }): Message {
  return letter(
    facts.brand,
    `Please edit: "${inSubject(facts.keyName)}" for ${inSubject(facts.clientName)}`,
    [
      paragraph(
        'Your application for an API key was approved, but the key cannot be issued as the reviewers saw it. Something has changed since:',
      ),
      quote(reason),
      paragraph(
        'Nothing is lost: edit the application and submit it again. Every level then reviews it afresh, and no key is issued before.',
      ),
      factsTable(facts),
      link('The application', facts.link),
    ],
  );
}
