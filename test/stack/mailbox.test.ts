import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Mailbox } from '../../src/stack/mailbox.ts';
import { startMailbox } from '../../src/stack/mailbox.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'keygrant-mail-test-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

// Before anything wraps it.
const print = vi.spyOn(console, 'info');

const mail = {
  from: 'keys@keygrant.example',
  to: ['Ada <ada@client.example>', 'team@client.example'],
  bcc: 'audit@keygrant.example',
  subject: '【digiRunner】 Result',
  text: 'Grüße',
  html: '<p onclick="x()">Grüße <script>x()</script></p>',
  messageId: '<key-1@keygrant.example>',
};

async function send(mailbox: Mailbox, message: object): Promise<void> {
  const transport = createTransport(mailbox.smtpUrl);
  await transport.sendMail(message);
  transport.close();
}

describe('the embedded mail server', () => {
  test('shows each mail as it was sent, with everybody who got it', async () => {
    const mailbox = await startMailbox({ smtpPort: 0, webPort: 0 });
    await send(mailbox, mail);
    await send(mailbox, { ...mail, subject: 'second', messageId: '<key-2@keygrant.example>' });
    const [first, second] = await mailbox.messages();
    expect(first).toMatchObject({
      from: 'keys@keygrant.example',
      to: ['ada@client.example', 'team@client.example', 'audit@keygrant.example'],
      subject: '【digiRunner】 Result',
      text: 'Grüße',
      html: '<p onclick="x()">Grüße <script>x()</script></p>',
      messageId: '<key-1@keygrant.example>',
    });
    expect(first?.headers.to).toEqual(['Ada <ada@client.example>, team@client.example']);
    expect(first?.headers.bcc).toBeUndefined();
    expect(first?.source).toContain('Subject: =?UTF-8?');
    expect(second?.subject).toBe('second');
    await mailbox.stop();
  });

  test('keeps mails over a restart when it has a folder', async () => {
    const options = { smtpPort: 0, webPort: 0, folder };
    const first = await startMailbox(options);
    await send(first, mail);
    await first.stop();
    const second = await startMailbox(options);
    expect((await second.messages()).map(({ messageId }) => messageId)).toEqual(['<key-1@keygrant.example>']);
    await second.stop();
  });

  test('has a page to read the mail, on this machine only, and prints nothing', async () => {
    const mailbox = await startMailbox({ smtpPort: 0, webPort: 0 });
    expect(mailbox.webUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const page = await fetch(mailbox.webUrl, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('MailDev');
    expect(print).not.toHaveBeenCalled();
    await mailbox.stop();
  });

  test('stops although a sender keeps its connection open', async () => {
    const mailbox = await startMailbox({ smtpPort: 0, webPort: 0 });
    const transport = createTransport(mailbox.smtpUrl, { pool: true } as object);
    await transport.sendMail(mail);
    const begin = Date.now();
    await mailbox.stop();
    expect(Date.now() - begin).toBeLessThan(5000);
    transport.close();
  });
});
