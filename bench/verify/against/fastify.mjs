import { fastify } from 'fastify';

// The bare route: it parses the same body and says yes.
const app = fastify({ bodyLimit: 1024 * 1024 });
app.post('/v1/verify', async () => ({ valid: true }));
await app.listen({ host: '127.0.0.1', port: Number(process.argv[2]) });
process.send?.('up');
