import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, expect } from 'vitest';
import type { Keygrant } from '../support/keygrant.ts';

const root = join(import.meta.dirname, '../..');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The browser of this system. */
const installed = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((path) => path !== '' && existsSync(path));

interface Look {
  width?: number;
  height?: number;
  scheme?: 'light' | 'dark';
  locale?: 'en-GB' | 'zh-TW';
}

/** Browsers of people at a running Keygrant: the system's Chromium, one context for each person. */
export function browsersOf(keygrant: Keygrant) {
  let browser: Promise<Browser> | undefined;
  const contexts: BrowserContext[] = [];
  const troubles: string[] = [];

  beforeEach(({ skip }) => {
    skip(installed === undefined, 'needs Chromium: apt-get install chromium, or CHROMIUM=/path/to/it');
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') {
      const pages = contexts.flatMap((context) => context.pages());
      for (const [at, page] of pages.entries()) {
        const path = join(tmpdir(), `keygrant-console-${at}.png`);
        await page.screenshot({ path }).catch(() => {});
        console.log(`${page.url()} looked like ${path}`, troubles);
      }
    }
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    // Anything that a browser complains of, a blocked script or style above all, is a fault of ours.
    expect(troubles.splice(0)).toEqual([]);
  });
  afterAll(async () => (await browser)?.close());

  function launch(): Promise<Browser> {
    const { port: shown } = new URL(keygrant.config.publicUrl);
    const { port: real } = new URL(keygrant.baseUrl);
    browser ??= chromium.launch({
      executablePath: installed ?? '',
      // A test's API takes any free port; browsers find it where Keygrant says that it is. Root has no sandbox.
      args: [
        `--host-resolver-rules=MAP 127.0.0.1:${shown} 127.0.0.1:${real}`,
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    });
    return browser;
  }

  return {
    /** A browser in which the person has signed in, as a person would, on the page of that address. */
    async open(person: string, path = '/', look: Look = {}): Promise<Page> {
      const page = await this.stranger(look);
      await page.goto(`/session/sign-in?returnTo=${encodeURIComponent(path)}`);
      await page.locator(`button[value="${person}"]`).click();
      await page.locator('main h1').first().waitFor();
      return page;
    },

    /** A browser in which nobody has signed in. */
    async stranger({
      width = 1440,
      height = 900,
      scheme = 'light',
      locale = 'en-GB',
    }: Look = {}): Promise<Page> {
      const context = await (await launch()).newContext({
        baseURL: keygrant.config.publicUrl,
        viewport: { width, height },
        colorScheme: scheme,
        locale,
        timezoneId: keygrant.config.timeZone,
        reducedMotion: 'reduce',
      });
      contexts.push(context);
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      page.on('pageerror', (error) => troubles.push(`${page.url()}: ${error.message}`));
      page.on('console', (message) => {
        // Browsers put every refused request there; what a page makes of them is for its test to see.
        const isRefusal = message.text().startsWith('Failed to load resource');
        if (message.type() === 'error' && !isRefusal) troubles.push(`${page.url()}: ${message.text()}`);
      });
      return page;
    },
  };
}

/** What axe finds wrong with a page as it is now: rules of WCAG 2.2 A and AA and best practices. */
export async function expectAccessible(page: Page): Promise<void> {
  // Run by the browser's own console, which the Content-Security-Policy of a page does not bind.
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof import('axe-core') };
    // React Aria says there what a button was called that has gone meanwhile.
    const { violations } = await checker.run({ exclude: ['[data-live-announcer]'] });
    return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`));
  });
  expect(found).toEqual([]);
}

/** That nothing on the page is wider than the page. */
export async function expectFits(page: Page): Promise<void> {
  const root = 'document.documentElement';
  expect(await page.evaluate(`${root}.scrollWidth - ${root}.clientWidth`)).toBe(0);
}

/** Keeps a picture of the page for the documents, where pictures are asked for: `npm run screens`. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env['SCREENS']) return;
  const folder = join(root, 'docs/screens');
  await mkdir(folder, { recursive: true });
  await page.evaluate('scrollTo(0, 0)');
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** Shows an open page at another width and in another scheme, which takes no new browser. */
export async function showAs(page: Page, { width, scheme }: (typeof looks)[number]): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme: scheme });
  // Until it is painted so, and what fades has faded, axe would measure colours of both.
  await page.evaluate(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))).then(() =>
    Promise.allSettled(
      document.getAnimations()
        .filter((each) => Number.isFinite(each.effect?.getComputedTiming().endTime))
        .map((each) => each.finished)))`);
  await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
}

/** A page at the widths and in the schemes that everything must look right in. */
export const looks = [360, 1440].flatMap((width) =>
  (['light', 'dark'] as const).map((scheme) => ({ width, scheme, name: `${width}-${scheme}` })),
);

/** Looks at a page at every width and in both schemes: it fits, axe finds nothing, and a picture is taken of each. */
export async function expectFineEverywhere(page: Page, name: string): Promise<void> {
  for (const look of looks) {
    await showAs(page, look);
    await expectFits(page);
    await expectAccessible(page);
    await picture(page, `${name}-${look.name}`);
  }
}
