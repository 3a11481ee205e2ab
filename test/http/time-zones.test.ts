import { expect, test } from 'vitest';
import { dateIn } from '../../src/domain/dates.ts';
import { draft } from '../support/applications.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { fieldsOf } from './problems.ts';

// 26 hours apart: whenever this runs, it is another day in one than in the other.
const zones = { east: 'Pacific/Kiritimati', west: 'Etc/GMT+12' };
const east = await startKeygrant({ worker: false, env: { TIME_ZONE: zones.east } });
const west = await startKeygrant({ worker: false, env: { TIME_ZONE: zones.west } });

const today = (zone: string, offset = 0) => dateIn(zone, new Date(Date.now() + offset * 86_400_000));
const violated = async (keygrant: typeof east, expiresOn: string) => {
  const body = draft({ effectiveOn: '2020-01-01', expiresOn });
  return (await keygrant.as('ada').post('/v1/applications', body)).body.violations;
};

test('the day that counts is that of the configured time zone, wherever the server stands', async () => {
  expect(await violated(east, today(zones.east))).toEqual([]);
  expect(await violated(west, today(zones.west))).toEqual([]);
  expect(await violated(west, today(zones.west, -1))).toMatchObject([{ field: 'expiresOn' }]);
  // The last day in the west is over in the east, and a submission there is told so with the day it is.
  const [violation] = await violated(east, today(zones.west));
  expect(violation).toMatchObject({
    field: 'expiresOn',
    message: expect.stringContaining(today(zones.east)),
  });
});

test('a submission on the last day is taken where that day lasts, and refused where it is over', async () => {
  const body = draft({ effectiveOn: '2020-01-01', expiresOn: today(zones.west) });
  const submit = async (keygrant: typeof east) => {
    const { id } = (await keygrant.as('ada').post('/v1/applications', body)).body;
    return keygrant.as('ada').post(`/v1/applications/${id}/submission`);
  };
  await west.startWorker();
  expect((await submit(west)).body.state).toBe('pending');
  expect(fieldsOf(await submit(east))).toEqual(['expiresOn']);
});
