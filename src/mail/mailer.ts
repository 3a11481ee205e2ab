import { createTransport } from 'nodemailer';
import { KeygrantError } from '../domain/errors.ts';

/** A message as it goes out. Everything in it may come from people; nothing in it is trusted. */
export interface Message {
  subject: string;
  text: string;
  html: string;
}

/** What became of one attempt. */
export interface Sending {
  /** The recipients whom the server has taken. */
  accepted: string[];
  /** The server's last answer, or why there is none. */
  answer: string;
}

export type Mailer = ReturnType<typeof createMailer>;

/** How long a positive or negative answer to "does SMTP answer?" is believed. */
const verifiedForMs = 10_000;
/** An attempt is over after this, so that it never outlives the activity that makes it (two minutes). */
const attemptMs = 60_000;

/**
 * Sends mail over SMTP; no connection is kept between mails, since they are rare.
 * @param settings.smtpUrl smtp:// or smtps://, undefined where mail is not configured
 * @param settings.from `Name <address>`
 */
export function createMailer(settings: { smtpUrl: string | undefined; from: string }) {
  const { smtpUrl, from } = settings;
  const domain = /@([A-Za-z0-9.-]+)>?$/.exec(from)?.[1] ?? 'localhost';
  let verified: { at: number; answer: Promise<string | undefined> } | undefined;

  const connect = () => {
    if (smtpUrl === undefined)
      throw new KeygrantError('mail-unavailable', 'SMTP is not configured: set SMTP_URL.');
    return createTransport(
      {
        url: smtpUrl,
        connectionTimeout: 5_000,
        greetingTimeout: 5_000,
        dnsTimeout: 5_000,
        socketTimeout: 20_000,
      },
      // Texts come from people: nothing in them may make the transport read files or fetch URLs.
      { from, disableFileAccess: true, disableUrlAccess: true },
    );
  };

  return {
    /** The right side of Message-IDs. */
    domain,

    /** Makes one attempt; a refusal is an answer, not an error. */
    async send(message: Message & { to: readonly string[]; messageId: string }): Promise<Sending> {
      const transport = connect();
      const deadline = setTimeout(() => transport.close(), attemptMs);
      try {
        const { to, messageId, subject, text, html } = message;
        const sent = await transport.sendMail({
          to: to.map((address) => ({ name: '', address })),
          messageId,
          subject,
          text,
          html,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        return { accepted: sent.accepted.map(addressOf), answer: answerOf(sent.response) };
      } catch (error) {
        return { accepted: [], answer: answerOf(error) };
      } finally {
        clearTimeout(deadline);
        transport.close();
      }
    },

    /** Why mail cannot be sent at the moment; undefined when SMTP answers. Asked at most once in ten seconds. */
    async trouble(): Promise<string | undefined> {
      if (!verified || verified.at + verifiedForMs < Date.now()) {
        verified = { at: Date.now(), answer: verify() };
      }
      return verified.answer;
    },
  };

  async function verify(): Promise<string | undefined> {
    try {
      const transport = connect();
      await transport.verify().finally(() => transport.close());
      return undefined;
    } catch (error) {
      return answerOf(error);
    }
  }
}

function addressOf(recipient: string | { address: string }): string {
  return typeof recipient === 'string' ? recipient : recipient.address;
}

/**
 * One line of at most 300 characters: servers write what they like. Long runs without a space are left out, since a
 * server that quotes the mail it refuses would otherwise put its secret into our database.
 */
function answerOf(answer: unknown): string {
  const text =
    answer instanceof Error && 'response' in answer && typeof answer.response === 'string'
      ? answer.response
      : answer instanceof Error
        ? answer.message
        : String(answer);
  return text
    .replaceAll(/[\p{Cc}\p{Cs}]+/gu, ' ')
    .replaceAll(/[A-Za-z0-9+/=_-]{40,}/g, '…')
    .trim()
    .slice(0, 300);
}
