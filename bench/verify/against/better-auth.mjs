import { apiKey } from '@better-auth/api-key';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { fastify } from 'fastify';
import pg from 'pg';

// Its API-key plugin behind a bare route, with its defaults but for its own rate limit, which would refuse the load.
const [port, connectionString, count] = process.argv.slice(2);
const options = {
  secret: 'of-a-bench-on-loopback-only-0123456789',
  baseURL: `http://127.0.0.1:${port}`,
  database: new pg.Pool({ connectionString, max: 10 }),
  telemetry: { enabled: false },
  plugins: [apiKey({ rateLimit: { enabled: false } })],
};
const { runMigrations } = await getMigrations(options);
await runMigrations();
const auth = betterAuth(options);
const { internalAdapter } = await auth.$context;
const user = await internalAdapter.createUser({
  name: 'Acme',
  email: 'api@acme.example',
  emailVerified: true,
});
const keys = [];
while (keys.length < Number(count)) {
  const some = Math.min(50, Number(count) - keys.length);
  const made = await Promise.all(
    Array.from({ length: some }, () => auth.api.createApiKey({ body: { userId: user.id } })),
  );
  keys.push(...made.map(({ key }) => key));
}
const app = fastify();
app.post('/verify', async ({ body }) => {
  const { valid } = await auth.api.verifyApiKey({ body });
  return { valid };
});
await app.listen({ host: '127.0.0.1', port: Number(port) });
process.send?.(keys);
