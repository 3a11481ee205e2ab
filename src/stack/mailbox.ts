import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MailDev } from 'maildev';
import { hush } from './hush.ts';

/** Where the embedded mail server listens and keeps what it receives. */
export interface MailboxOptions {
  /** 0 takes any free port. */
  smtpPort: number;
  /** Port of the page to read the mail; 0 takes any free port. */
  webPort: number;
  /** Keeps the mails over restarts; without it they are gone at the end. */
  folder?: string;
}

/** One received mail. */
interface ReceivedMail {
  /** With its angle brackets, as in the header. */
  messageId: string;
  from: string;
  /** Everybody whom SMTP was told, Bcc included; of mails from before a restart, only To and Cc are known. */
  to: string[];
  subject: string;
  /** Empty when the mail has no such part. */
  text: string;
  /** Exactly as sent; empty when the mail has no such part. */
  html: string;
  /** As sent, encoded words and all; names in lower case, one value for each time the header occurs. */
  headers: Record<string, string[]>;
  /** The whole mail as it came over the wire. */
  source: string;
  /** What its Date header says. */
  date: Date;
}

/** A running SMTP server that delivers nothing and shows everything. */
export interface Mailbox {
  /** For nodemailer, e.g. smtp://127.0.0.1:1025. */
  smtpUrl: string;
  /** The page to read the mail. */
  webUrl: string;
  /** All received mails, oldest first. */
  messages(): Promise<ReceivedMail[]>;
  stop(): Promise<void>;
}

const ip = '127.0.0.1';

/**
 * Starts the mail server and its page on 127.0.0.1.
 * @throws Error when a port is taken
 */
export async function startMailbox({ smtpPort, webPort, folder }: MailboxOptions): Promise<Mailbox> {
  if (folder) await mkdir(folder, { recursive: true, mode: 0o700 });
  // Mails hold secrets. MailDev's own default is one folder for all, which everybody on the machine can read.
  const mailDirectory = folder ?? (await mkdtemp(join(tmpdir(), 'keygrant-mail-')));
  hush('MailDev API running');
  const maildev = new MailDev({ smtp: smtpPort, ip, web: webPort, webIp: ip, mailDirectory, silent: true });
  const { smtp, api, storage } = await maildev.start();
  return {
    smtpUrl: `smtp://${ip}:${smtp.getPort()}`,
    webUrl: `http://${ip}:${api?.getAddress()?.port ?? webPort}`,
    async messages() {
      const emails = await storage.getAll();
      return Promise.all(
        emails.map(async (email) => {
          const source = await readFile(join(mailDirectory, `${email.id}.eml`), 'utf8');
          const headers = rawHeaders(source);
          const { envelope } = email;
          const recipients = envelope.host === 'restored' ? [...email.to, ...(email.cc ?? [])] : envelope.to;
          return {
            messageId: headers['message-id']?.[0] ?? '',
            from: email.from[0]?.address ?? '',
            to: recipients.map(({ address }) => address),
            subject: email.subject,
            text: email.text ?? '',
            html: email.html ?? '',
            headers,
            source,
            date: email.time,
          };
        }),
      );
    },
    async stop() {
      await maildev.stop();
      if (!folder) await rm(mailDirectory, { recursive: true, force: true });
    },
  };
}

/** Read here rather than taken from MailDev, which gives decoded headers only, and not all of them. */
function rawHeaders(source: string): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  const head = source.split('\r\n\r\n', 1)[0] ?? '';
  for (const line of head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    (headers[line.slice(0, colon).toLowerCase()] ??= []).push(line.slice(colon + 1).trim());
  }
  return headers;
}
