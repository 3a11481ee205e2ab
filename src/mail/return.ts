import type { MailFacts } from './facts.ts';
import { factsTable, inSubject, letter, link, paragraph, quote } from './layout.ts';
import type { Message } from './mailer.ts';

/** Tells the applicant that a reviewer, or the last check before the issue, wants the application changed. */
export function returnMail(facts: MailFacts, { reason }: { reason: string }): Message {
  return letter(
    facts.brand,
    `Please edit: "${inSubject(facts.keyName)}" for ${inSubject(facts.clientName)}`,
    [
      paragraph(
        'Your application for an API key was returned to you, because something in it has to change:',
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
