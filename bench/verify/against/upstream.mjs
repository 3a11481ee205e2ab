import { createServer } from 'node:http';

// What gateway and bare proxy call: a kilobyte for whatever comes.
const answer = JSON.stringify({ orders: 'x'.repeat(1000) });
createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
    response.end(answer);
  });
}).listen(Number(process.argv[2]), '127.0.0.1', () => process.send?.('up'));
