import { startMailbox } from '../../src/stack/mailbox.ts';

// The SMTP server as a process of its own, so that it can be killed. Its mails stay in the folder.
const [port = '', folder = ''] = process.argv.slice(2);
process.on('disconnect', () => process.exit(0));
await startMailbox({ smtpPort: Number(port), webPort: 0, folder });
