import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRouteOf, segmentsOf } from '../../src/gateway/paths.ts';

function fits(path: string, target: string, method = 'GET', asked = 'GET'): boolean {
  const segments = segmentsOf(target);
  return segments !== undefined && isRouteOf({ method, path }, asked, segments);
}

test.each([
  ['/', '/'],
  ['/orders', '/orders'],
  ['/orders', '/orders?id=/../1'],
  ['/orders', '/%6frders'],
  ['/orders/{id}', '/orders/1'],
  ['/orders/{id}', '/orders/caf%C3%A9'],
  ['/orders/{id}/lines', '/orders/1/lines'],
  ['/prices/*', '/prices/a'],
  ['/prices/*', '/prices/a/b/'],
  ['/*', '/'],
  ['/*', '/any/thing'],
])('%s opens %s', (path, target) => expect(fits(path, target)).toBe(true));

test.each([
  ['/orders', '/orders/'],
  ['/orders', '/Orders'],
  ['/orders', '/orders/1'],
  ['/orders', '/orders;a=b'],
  ['/orders', 'orders'],
  ['/orders', 'http://elsewhere/orders'],
  ['/orders/{id}', '/orders/'],
  ['/orders/{id}', '/orders'],
  ['/orders/{id}', '/orders/1/2'],
  ['/prices/*', '/prices'],
  ['/prices/*', '/prices/'],
])('%s does not open %s', (path, target) => expect(fits(path, target)).toBe(false));

test.each([
  '/a/../b',
  '/a/./b',
  '/a/%2e%2E/b',
  '/a/.%2e',
  '/a/..;x/b',
  '/a%2Fb',
  '/a%5Cb',
  '/a\\b',
  '/a//b',
  '//a',
  '/a%252e%252e/b',
  '/a%25%32%66b',
  '/a%00',
  '/a%0d%0ab',
  '/a%E0%A4%A',
  '/a%zz',
  '/%ED%A0%80',
  '/a#b',
  '*',
  '',
])('nothing opens %s, which may mean something else to an upstream', (target) => {
  expect(fits('/*', target)).toBe(false);
});

test('a method is exactly that of the API, unless that is registered for any', () => {
  expect(fits('/orders', '/orders', 'GET', 'POST')).toBe(false);
  expect(fits('/orders', '/orders', 'GET', 'get')).toBe(false);
  expect(fits('/orders', '/orders', '*', 'PROPFIND')).toBe(true);
});

test('whatever is asked for, what is opened lies below the pattern', () => {
  const part = fc.constantFrom(
    '/',
    '.',
    '..',
    'a',
    '%2e',
    '%2f',
    '%5c',
    ';',
    '\\',
    '?',
    '%',
    '%25',
    'é',
    '//',
  );
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const target = `/a/${parts.join('')}`;
      if (!fits('/a/*', target)) return;
      const { pathname } = new URL(target, 'http://upstream');
      expect(decodeURIComponent(pathname)).toMatch(/^\/a\/./);
    }),
    { numRuns: 3000 },
  );
});
