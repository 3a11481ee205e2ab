import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Mailbox } from '../../src/stack/mailbox.ts';
import { freePort } from '../../src/stack/ports.ts';

/** A mail on its way through the gate. */
interface PassingMail {
  /** Whom the mailbox has accepted. */
  to: string[];
  /** Headers and body as they came over the wire. */
  content: string;
}

/** Tells the sender something while the answer is still to come. */
type Say = (line: string) => void;

/** What may happen to SMTP at the gate; what is left out passes. An answer is given to the sender in the mailbox's stead. */
interface Mischief {
  recipient?: (address: string) => string | undefined;
  /** The mail is here in whole, and the mailbox does not know of it yet. */
  arriving?: (mail: PassingMail, say: Say) => Promise<string | undefined>;
  /** The mailbox has taken the mail, and its sender does not know yet. */
  taken?: (mail: PassingMail, say: Say) => Promise<void>;
}

/**
 * An SMTP server in front of a mailbox that can go away, come back on the same port, refuse, and dawdle, as real ones do.
 * Everything else is the mailbox's own doing.
 */
export async function openSmtpGate() {
  const port = await freePort();
  const senders = new Set<Socket>();
  let mailbox: URL | undefined;
  let mischief: Mischief = {};
  let server: Server | undefined;

  const gate = {
    /** For SMTP_URL. */
    url: `smtp://127.0.0.1:${port}`,
    leadTo: (target: Mailbox) => void (mailbox = new URL(target.smtpUrl)),
    /** Takes the place of what was set before. */
    set: (next: Mischief) => void (mischief = next),
    /** How many connections there are. */
    senders: () => senders.size,
    async open(): Promise<void> {
      server = createServer((sender) => void pass(sender));
      await once(server.listen(port, '127.0.0.1'), 'listening');
    },
    /** From now on nobody answers, and who was being served is cut off. */
    async close(): Promise<void> {
      for (const sender of senders) sender.destroy();
      server?.close();
      if (server) await once(server, 'close');
      server = undefined;
    },
  };
  await gate.open();
  return gate;

  /** One question, one answer: nodemailer does not pipeline. */
  async function pass(sender: Socket): Promise<void> {
    senders.add(sender);
    const upstream = connect(Number(mailbox?.port), mailbox?.hostname);
    for (const socket of [sender, upstream]) socket.setEncoding('latin1').on('error', () => socket.destroy());
    sender.on('close', () => {
      senders.delete(sender);
      upstream.destroy();
    });
    const questions = linesOf(sender);
    const answers = linesOf(upstream);
    const answer = async (): Promise<string> => {
      let text = '';
      for (let last = false; !last; ) {
        const { value, done } = await answers.next();
        if (done) return '421 the mailbox is gone';
        text += `${value}\r\n`;
        last = /^\d{3}(?: |$)/.test(value);
      }
      return text.trimEnd();
    };
    const ask = (text: string) => {
      upstream.write(`${text}\r\n`, 'latin1');
      return answer();
    };
    const say = (text: string) => void sender.write(`${text}\r\n`, 'latin1');

    say(await answer());
    let mail: PassingMail = { to: [], content: '' };
    for await (const question of questions) {
      const [, recipient] = /^RCPT TO:<([^>]*)>/i.exec(question) ?? [];
      if (/^MAIL FROM/i.test(question)) mail = { to: [], content: '' };
      const own = recipient === undefined ? undefined : mischief.recipient?.(recipient);
      const reply = own ?? (await ask(question));
      if (recipient !== undefined && reply.startsWith('250')) mail.to.push(recipient);
      say(reply);
      if (!reply.startsWith('354')) continue;

      const lines: string[] = [];
      for (;;) {
        const { value, done } = await questions.next();
        // Cut off before its end, a mail is none.
        if (done) return;
        if (value === '.') break;
        lines.push(value);
      }
      mail.content = lines.join('\r\n');
      const refusal = await mischief.arriving?.(mail, say);
      if (refusal === undefined && !sender.destroyed) {
        const verdict = await ask(`${mail.content}\r\n.`);
        await mischief.taken?.(mail, say);
        say(verdict);
      } else if (refusal !== undefined) {
        // Whoever refuses a mail at its end closes the connection here, since the mailbox still waits for the end.
        sender.end(`${refusal}\r\n`, 'latin1');
      }
    }
  }
}

function linesOf(socket: Socket): AsyncIterableIterator<string> {
  const lines = createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY });
  socket.once('close', () => lines.close());
  return lines[Symbol.asyncIterator]();
}
