import { lazyRouteComponent } from '@tanstack/react-router';

/** A screen that did not arrive: no connection, or another build of the console is there by now. */
export class ScreenMissing extends Error {}

/**
 * A screen that is loaded when it is first wanted. The router's own way answers a failure by loading the page anew at once,
 * which without a connection leaves the browser's error page; `Broken` waits until the API is heard.
 */
export function screen<Module extends Record<string, unknown>, Name extends keyof Module>(
  load: () => Promise<Module>,
  name: Name,
) {
  const arrive = () =>
    load().catch((cause: unknown) => {
      throw new ScreenMissing('a screen did not arrive', { cause });
    });
  return lazyRouteComponent(arrive, name);
}
