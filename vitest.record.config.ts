import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

// Records workflow histories instead of testing: see test/workflows/record-histories.ts.
export default defineConfig({
  ...base,
  test: { ...base.test, include: ['test/workflows/record-histories.ts'] },
});
