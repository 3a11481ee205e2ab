import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verifyChain } from '../../src/db/audit.ts';
import { draft } from '../support/applications.ts';
import { startKeygrant } from '../support/keygrant.ts';

// Random histories through the API, against a model that fits on a page. fast-check prints the seed of a failure.
const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '1h' } });

type Action =
  | { do: 'edit'; quota: number }
  | { do: 'submit' }
  | { do: 'decide'; by: 'ada' | 'ben' | 'cleo' | 'dora'; verdict: 'approve' | 'deny'; stale: boolean };

interface Model {
  state: 'draft' | 'pending' | 'issued' | 'rejected';
  level: number | null;
  decided: string[];
  quota: number;
}

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constant('edit' as const), quota: fc.integer({ min: 1, max: 99 }) }),
  fc.constant({ do: 'submit' as const }),
  fc.record({
    do: fc.constant('decide' as const),
    by: fc.constantFrom('ada' as const, 'ben' as const, 'cleo' as const, 'dora' as const),
    verdict: fc.constantFrom('approve' as const, 'approve' as const, 'approve' as const, 'deny' as const),
    stale: fc.constantFrom(false, false, false, true),
  }),
);

/** What must become of the model; undefined where the action must be refused. */
function expected(model: Model, did: Action): Model | undefined {
  switch (did.do) {
    case 'edit':
      return model.state === 'draft' ? { ...model, quota: did.quota } : undefined;
    case 'submit':
      // Submitted before: the same answer again, and nothing changes.
      return model.state === 'draft' ? { ...model, state: 'pending', level: 1 } : model;
    case 'decide': {
      const reviewer = [undefined, 'ben', 'cleo'][model.level ?? 0];
      if (model.state !== 'pending' || did.by !== reviewer || did.stale) return undefined;
      const decided = [...model.decided, did.by];
      if (did.verdict === 'deny') return { ...model, decided, state: 'rejected', level: null };
      return model.level === 1
        ? { ...model, decided, level: 2 }
        : { ...model, decided, state: 'issued', level: null };
    }
  }
}

async function perform(id: string, did: Action) {
  const path = `/v1/applications/${id}`;
  if (did.do === 'edit') return keygrant.as('ada').patch(path, { quota: did.quota });
  if (did.do === 'submit') return keygrant.as('ada').post(`${path}/submission`);
  const { body } = await keygrant.as('emil').get(path);
  const digest = did.stale || body.digest === null ? 'f'.repeat(64) : body.digest;
  return keygrant
    .as(did.by)
    .post(`${path}/decisions`, { verdict: did.verdict, comment: 'as the model says', digest });
}

test('whatever people do in whatever order, the application is where its accepted actions lead, and nowhere else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 4, maxLength: 12 }), async (actions) => {
      const created = await keygrant.as('ada').post('/v1/applications', draft({ quota: 1 }));
      const { id } = created.body;
      let model: Model = { state: 'draft', level: null, decided: [], quota: 1 };
      for (const did of actions) {
        const next = expected(model, did);
        const answer = await perform(id, did);
        expect([JSON.stringify(did), answer.status < 300]).toEqual([JSON.stringify(did), next !== undefined]);
        model = next ?? model;
        const { body } = await keygrant.as('emil').get(`/v1/applications/${id}`);
        // Issuing follows the last approval by itself.
        const state = body.state === 'approved' ? 'issued' : body.state;
        expect({ state, level: body.level, quota: body.quota }).toEqual({
          state: model.state,
          level: model.level,
          quota: model.quota,
        });
      }
    }),
    { numRuns: 12 },
  );
  expect(await verifyChain(keygrant.db)).toMatchObject({ intact: true });
});
