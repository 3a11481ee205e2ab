import { describe, expect, test } from 'vitest';
import { decide, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { type Keygrant, startKeygrant } from '../support/keygrant.ts';

const minute = 60_000;

/** Everything that went to the applicant; reviewers' mail may come at any time. */
async function applicantsMail({ mailbox }: Keygrant) {
  return (await mailbox.messages()).filter(({ to }) => to.includes('ada@example.com'));
}

/** The application, once it is in that state. */
async function reaching(keygrant: Keygrant, id: string, state: string) {
  return eventually(async () => {
    const { body } = await keygrant.as('ada').get(`/v1/applications/${id}`);
    return body.state === state ? body : undefined;
  });
}

describe('with the delivery delay as it comes', async () => {
  const keygrant = await startKeygrant({ time: 'skipping' });
  const { environment } = keygrant;

  test('the mail leaves ten minutes after the last approval, and not a second earlier', async () => {
    const { id } = await submit(keygrant);
    await decide(keygrant, 'ben', id);
    const before = await environment.currentTimeMs();
    await decide(keygrant, 'cleo', id);
    const due = Date.parse((await reaching(keygrant, id, 'issued')).deliveryDueAt);
    const after = await environment.currentTimeMs();
    expect(due).toBeGreaterThanOrEqual(before + 10 * minute);
    expect(due).toBeLessThanOrEqual(after + 10 * minute);

    await environment.sleep(due - (await environment.currentTimeMs()) - 1_000);
    const [early, view] = [await applicantsMail(keygrant), await reaching(keygrant, id, 'issued')];
    expect(await environment.currentTimeMs()).toBeLessThan(due);
    expect(early).toEqual([]);
    expect(view.mails.find((mail: { kind: string }) => mail.kind === 'credentials').attempts).toEqual([]);

    await environment.sleep(1_000);
    const [mail, ...more] = await eventually(async () => {
      const mails = await applicantsMail(keygrant);
      return mails.length > 0 ? mails : undefined;
    });
    expect(mail?.subject).toContain('Notification API Key Authorization Result');
    expect(more).toEqual([]);
    await reaching(keygrant, id, 'delivered');
  });
});

describe('with a delivery delay of nothing', async () => {
  const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '0s' } });

  test('the mail leaves with the last approval', async () => {
    const { id } = await submit(keygrant);
    for (const reviewer of ['ben', 'cleo']) await decide(keygrant, reviewer, id);
    expect(await keygrant.client.workflow.getHandle(id).result()).toBe('delivered');
    expect(await applicantsMail(keygrant)).toHaveLength(1);
  });
});
