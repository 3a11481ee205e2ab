import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** What the API serves; everything else is the console's. */
const api = ['/v1', '/session', '/docs', '/problems', '/readyz', '/mail-frame'];
const target = 'http://127.0.0.1:3000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    react(),
    // React Aria brings its own words in thirty languages; two are ours.
    { ...optimizeLocales.vite({ locales: ['en-US', 'zh-TW'] }), enforce: 'pre' as const },
  ],
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    // Nothing inline: the Content-Security-Policy allows files of ours only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { port: 5173, strictPort: true, proxy: Object.fromEntries(api.map((path) => [path, { target }])) },
});
