import httpProxy from '@fastify/http-proxy';
import { fastify } from 'fastify';

// The bare proxy: it passes everything on to the same upstream.
const [port, upstream] = process.argv.slice(2);
const app = fastify();
await app.register(httpProxy, { upstream });
await app.listen({ host: '127.0.0.1', port: Number(port) });
process.send?.('up');
