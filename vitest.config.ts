import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/stack.ts'],
    // Temporal's runtime is a process singleton with native code: one process per file.
    pool: 'forks',
    // Two at a time: each file brings a worker and, in some, a Java server; more would only wait for one another.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
  },
});
