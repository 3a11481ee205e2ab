import type { MailFacts } from './facts.ts';
import { factsTable, inSubject, letter, link, paragraph, quote } from './layout.ts';
import type { Message } from './mailer.ts';

/** Tells the applicant that their key was recalled before its credentials left. */
export function recallMail(facts: MailFacts, { reason }: { reason: string }): Message {
  return letter(facts.brand, `Recalled: "${inSubject(facts.keyName)}" for ${inSubject(facts.clientName)}`, [
    paragraph(
      'The key that was issued for your application was recalled before its credentials were mailed. It is void, and nobody has received its secret.',
    ),
    ...(reason === '' ? [] : [quote(reason)]),
    paragraph('If you still need a key, write a new application.'),
    factsTable(facts),
    link('The application', facts.link),
  ]);
}
