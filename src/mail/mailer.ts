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
  /** The server was given the message and has not answered: it may have taken it. */
  isUncertain: boolean;
}

export type Mailer = ReturnType<typeof createMailer>;

/** How long the answer to "does SMTP answer?" is believed: a no is asked again soon, since somebody is mending it. */
const believedMs = { yes: 10_000, no: 1_000 };
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
  let verified: { until: number; answer: Promise<string | undefined> } | undefined;

  const connect = (watch?: ReturnType<typeof watchAnswers>) => {
    if (smtpUrl === undefined)
      throw new KeygrantError('mail-unavailable', {
        en: 'SMTP is not configured: set SMTP_URL.',
        'zh-TW': 'SMTP 尚未設定：請設定 SMTP_URL。',
      });
    return createTransport(
      {
        url: smtpUrl,
        connectionTimeout: 5_000,
        greetingTimeout: 5_000,
        dnsTimeout: 5_000,
        socketTimeout: 20_000,
        ...(watch && { logger: watch, transactionLog: true }),
      },
      // Texts come from people: nothing in them may make the transport read files or fetch URLs.
      { from, disableFileAccess: true, disableUrlAccess: true },
    );
  };

  return {
    /** The right side of Message-IDs. */
    domain,

    /**
     * Makes one attempt; a refusal is an answer, not an error.
     * @param cancelled ends the attempt at once
     */
    async send(
      message: Message & { to: readonly string[]; messageId: string },
      cancelled?: AbortSignal,
    ): Promise<Sending> {
      let wasGiven = false;
      const transport = connect(watchAnswers((answer) => (wasGiven ||= answer.startsWith('354'))));
      // The connection's own timeouts do not end a server that says a little now and then.
      const late = new AbortController();
      const deadline = setTimeout(() => late.abort(), attemptMs);
      try {
        const { to, messageId, subject, text, html } = message;
        const sent = await transport.sendMail({
          to: to.map((address) => ({ name: '', address })),
          messageId,
          subject,
          text,
          html,
          headers: { 'Auto-Submitted': 'auto-generated' },
          signal: cancelled ? AbortSignal.any([late.signal, cancelled]) : late.signal,
        });
        // Where one recipient was refused, why is worth more than how the others were accepted.
        const answer = sent.rejectedErrors?.[0] ?? sent.response;
        return { accepted: sent.accepted.map(addressOf), answer: answerOf(answer, text), isUncertain: false };
      } catch (error) {
        const isAnswered = error instanceof Error && 'responseCode' in error;
        const isUncertain = wasGiven && !isAnswered;
        return { accepted: [], answer: answerOf(error, message.text), isUncertain };
      } finally {
        clearTimeout(deadline);
        transport.close();
      }
    },

    /** Why mail cannot be sent at the moment; undefined when SMTP answers. The answer is a few seconds old at most. */
    async trouble(): Promise<string | undefined> {
      if (!verified || verified.until < Date.now()) {
        const asked = { until: Number.POSITIVE_INFINITY, answer: verify() };
        verified = asked;
        void asked.answer.then((trouble) => {
          asked.until = Date.now() + (trouble === undefined ? believedMs.yes : believedMs.no);
        });
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

/** Hears what a server answers, command by command; keeps nothing. It says 354 where it waits for the message (RFC 5321, 4.1.1.4). */
function watchAnswers(hear: (answer: string) => void) {
  const deaf = () => {};
  const debug = (entry: unknown, answer?: unknown) => {
    const { tnx } = entry as { tnx?: unknown };
    if (tnx === 'server') hear(String(answer));
  };
  return { trace: deaf, debug, info: deaf, warn: deaf, error: deaf, fatal: deaf };
}

function addressOf(recipient: string | { address: string }): string {
  return typeof recipient === 'string' ? recipient : recipient.address;
}

/** What only machines write, such as a key; 40 characters are shorter than either half of a pair. */
const longRun = /[A-Za-z0-9+/=_-]{40,}/g;

/**
 * One line of at most 300 characters: servers write what they like. One that quotes the mail it refuses must not put
 * its secret into our database: long runs without a space are left out, and pieces of those that the mail holds.
 * @param mail the text of the mail that the server answers to
 */
function answerOf(answer: unknown, mail = ''): string {
  const text =
    answer instanceof Error && 'response' in answer && typeof answer.response === 'string'
      ? answer.response
      : answer instanceof Error
        ? answer.message
        : String(answer);
  const keys = mail.match(longRun) ?? [];
  // On the way a long line is broken, so a quoted key may come in pieces.
  const isPiece = (run: string) =>
    Array.from(run, (_, start) => run.slice(start, start + 8)).some(
      (piece) => piece.length === 8 && keys.some((key) => key.includes(piece)),
    );
  return text
    .replaceAll(/[\p{Cc}\p{Cs}]+/gu, ' ')
    .replaceAll(longRun, '…')
    .replaceAll(/[A-Za-z0-9+/]{8,}/g, (run) => (isPiece(run) ? '…' : run))
    .trim()
    .slice(0, 300);
}
