import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateIn, isCalendarDate, isTimeZone, momentIn, validityOn } from '../../src/domain/dates.ts';

const dateOf = (moment: Date) => moment.toISOString().slice(0, 10);
const days = fc
  .date({ min: new Date('1970-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map(dateOf);

test('a day of the calendar is one that a calendar has, written one way', () => {
  fc.assert(fc.property(days, (day) => isCalendarDate(day)));
  for (const text of ['2028-02-29', '2000-02-29', '1970-01-01', '9999-12-31'])
    expect(isCalendarDate(text)).toBe(true);
});

test.each([
  '2026-02-30',
  '2027-02-29',
  '2100-02-29',
  '2026-04-31',
  '2026-13-01',
  '2026-00-10',
  '2026-01-00',
  '0000-01-01',
  '1969-12-31',
  '2026-1-1',
  '26-01-01',
  '2026/01/01',
  '2026-01-01T00:00:00Z',
  ' 2026-01-01',
  '2026-01-01\n',
  '+002026-01-01',
  '-2026-01-01',
  '٢٠٢٦-٠١-٠١',
  '',
])('%j is no day of the calendar', (text) => {
  expect(isCalendarDate(text)).toBe(false);
});

test('a moment falls on the day that people of its zone write, at both edges of the world and across its clocks', () => {
  const at = (zone: string, moment: string) => dateIn(zone, new Date(moment));
  expect(at('Asia/Taipei', '2026-11-23T15:59:59.999Z')).toBe('2026-11-23');
  expect(at('Asia/Taipei', '2026-11-23T16:00:00Z')).toBe('2026-11-24');
  expect(at('Pacific/Kiritimati', '2026-12-31T10:00:00Z')).toBe('2027-01-01');
  expect(at('Pacific/Niue', '2027-01-01T10:59:59Z')).toBe('2026-12-31');
  expect(at('Europe/Berlin', '2026-03-28T23:00:00Z')).toBe('2026-03-29');
  expect(at('Europe/Berlin', '2026-03-29T21:59:59Z')).toBe('2026-03-29');
  expect(at('Europe/Berlin', '2026-03-29T22:00:00Z')).toBe('2026-03-30');
  expect(at('Asia/Kathmandu', '2026-05-01T18:15:00Z')).toBe('2026-05-02');
  expect(at('Asia/Bangkok', '2026-05-01T00:00:00Z')).toBe('2026-05-01');
});

test('in UTC a moment falls on the day that its ISO form begins with, and elsewhere at most one away', () => {
  const zones = fc.constantFrom(
    'Pacific/Kiritimati',
    'Etc/GMT+12',
    'Asia/Tehran',
    'America/St_Johns',
    'Asia/Bangkok',
  );
  const moments = fc.date({ min: new Date('1971-01-01'), max: new Date('9998-12-30'), noInvalidDate: true });
  fc.assert(
    fc.property(zones, moments, (zone, moment) => {
      expect(dateIn('UTC', moment)).toBe(dateOf(moment));
      const neighbours = [-1, 0, 1].map((shift) => dateOf(new Date(moment.getTime() + shift * 86_400_000)));
      expect(neighbours).toContain(dateIn(zone, moment));
      expect(isCalendarDate(dateIn(zone, moment))).toBe(true);
    }),
  );
});

test('a moment is written with its day, its time to the minute and its zone', () => {
  expect(momentIn('Asia/Taipei', new Date('2026-11-24T01:30:00Z'))).toBe('2026-11-24 09:30 (Asia/Taipei)');
  expect(momentIn('Asia/Taipei', new Date('2026-11-23T16:00:00Z'))).toBe('2026-11-24 00:00 (Asia/Taipei)');
});

test('time zones are those that the runtime knows', () => {
  for (const zone of ['UTC', 'Asia/Taipei', 'America/Argentina/Ushuaia']) expect(isTimeZone(zone)).toBe(true);
  for (const zone of ['', 'Mars/Olympus', 'Asia/Taipei ', 'Asia Taipei'])
    expect(isTimeZone(zone)).toBe(false);
});

test('a key works from its first to its last day, both included', () => {
  const on = (today: string) => validityOn(today, '2026-03-01', '2026-03-31');
  expect(['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01'].map(on)).toEqual([
    'not-yet-effective',
    'effective',
    'effective',
    'expired',
  ]);
  expect(validityOn('2026-03-01', '2026-03-01', '2026-03-01')).toBe('effective');
});

test('validity only ever moves forward as days go by', () => {
  const order = ['not-yet-effective', 'effective', 'expired'];
  fc.assert(
    fc.property(fc.tuple(days, days, days, days), (all) => {
      const [first = '', last = ''] = all.slice(0, 2).toSorted();
      const [earlier = '', later = ''] = all.slice(2).toSorted();
      const at = (today: string) => order.indexOf(validityOn(today, first, last));
      expect(at(earlier)).toBeLessThanOrEqual(at(later));
      expect(at(earlier) === 1).toBe(
        Date.parse(first) <= Date.parse(earlier) && Date.parse(earlier) <= Date.parse(last),
      );
    }),
  );
});
