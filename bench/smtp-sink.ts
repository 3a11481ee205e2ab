import { createServer } from 'node:net';

// A mail server that takes every mail at once and keeps none. A process of its own: `smtp-sink.ts PORT`.
process.on('disconnect', () => process.exit(0));

const answers: Record<string, string> = {
  EHLO: '250-bench\r\n250 8BITMIME',
  QUIT: '221 bye',
  DATA: '354 go ahead',
};

createServer({ noDelay: true }, (socket) => {
  let text = '';
  let inData = false;
  socket.on('error', () => socket.destroy());
  socket.write('220 bench ESMTP\r\n');
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk;
    for (;;) {
      const end = text.indexOf(inData ? '\r\n.\r\n' : '\r\n');
      if (end < 0) return;
      const command = inData ? '' : text.slice(0, 4).toUpperCase();
      text = text.slice(end + (inData ? 5 : 2));
      inData = command === 'DATA';
      socket.write(`${answers[command] ?? '250 OK'}\r\n`);
      if (command === 'QUIT') socket.end();
    }
  });
}).listen(Number(process.argv[2]), '127.0.0.1');
