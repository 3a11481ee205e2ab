import { expect, test } from 'vitest';
import { draft } from '../support/applications.ts';
import { type ReceivedSpan, startCollector } from '../support/collector.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { startProcesses } from '../support/processes.ts';
import { traces as tracesOf } from '../support/secrets.ts';
import { openSmtpGate } from '../support/smtp-gate.ts';

const collector = await startCollector();
const smtp = await openSmtpGate();
const keygrant = await startKeygrant({
  worker: false,
  env: {
    SMTP_URL: smtp.url,
    DELIVERY_DELAY: '0s',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20collector-token',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
  },
});
smtp.leadTo(keygrant.mailbox);
const processes = await startProcesses(keygrant);
const ada = processes.as('ada');

/** The span of that name in a trace, once it has come. */
function arrival(traceId: string, name: string): Promise<ReceivedSpan> {
  return eventually(
    async () => collector.spans.find((span) => span.traceId === traceId && span.name === name),
    20_000,
  );
}

/** The caller's own span, which is not ours to see. */
const callersSpan = '00f067aa0ba902b7';

/** The names from a span up to the first of ours in its trace. */
async function waysUp(span: ReceivedSpan): Promise<string[]> {
  const { parentSpanId, service, name } = span;
  const own = `${service} ${name}`;
  if (!parentSpanId || parentSpanId === callersSpan) return [own];
  const arrived = async () => collector.spans.find(({ spanId }) => spanId === parentSpanId);
  return [own, ...(await waysUp(await eventually(arrived, 20_000)))];
}

const callersTrace = (id: string) => ({
  traceparent: `00-${id}-${callersSpan}-01`,
  tracestate: 'portal=adas-secret-note',
});

test('one trace leads from the request through the workflow to the activity, the database and SMTP', async () => {
  const comment = 'Ada’s cousin asked me to';
  // The first mail to a reviewer is refused with words about them: an error on the way.
  smtp.set({
    recipient: (address) => (address === 'ben@example.com' ? `450 ${address} is on holiday` : undefined),
  });
  const { id } = (await ada.post('/v1/applications', draft({ keyName: 'Key of the traces' }))).body;
  const submission = '4bf92f3577b34da6a3ce929d0e0e4736';
  const { status } = await ada.call(
    'POST',
    `/v1/applications/${id}/submission`,
    undefined,
    callersTrace(submission),
  );
  expect([200, 202]).toContain(status);
  const opened = await arrival(submission, 'RunActivity:openReview');
  const request = await arrival(submission, 'POST /v1/applications/:id/submission');
  const start = await arrival(submission, 'StartWorkflow:application');
  expect([opened.parentSpanId, start.parentSpanId, request.parentSpanId]).toEqual([
    start.spanId,
    request.spanId,
    callersSpan,
  ]);
  const audited = await arrival(submission, 'insert audit');
  expect((await waysUp(audited)).slice(0, 3)).toEqual([
    'keygrant-worker insert audit',
    'keygrant-worker transaction',
    'keygrant-worker RunActivity:openReview',
  ]);
  const sent = await arrival(submission, 'SMTP send');
  expect(sent.parentSpanId).toBe((await arrival(submission, 'RunActivity:sendMail')).spanId);
  smtp.set({});

  await eventually(async () => (await ada.get(`/v1/applications/${id}`)).body.level === 1 || undefined);
  const decisions = ['ben', 'cleo'].map(
    (person, at) => [person, `5bf92f3577b34da6a3ce929d0e0e473${at}`] as const,
  );
  for (const [person, trace] of decisions) {
    const { digest } = (await processes.as(person).get(`/v1/applications/${id}`)).body;
    const decided = await processes
      .as(person)
      .call(
        'POST',
        `/v1/applications/${id}/decisions`,
        { verdict: 'approve', digest, comment },
        callersTrace(trace),
      );
    expect(decided.status).toBe(200);
    const recorded = await arrival(trace, 'RunActivity:recordSignal');
    expect((await waysUp(recorded)).slice(0, 3)).toEqual([
      'keygrant-worker RunActivity:recordSignal',
      'keygrant-api SignalWorkflow:decide',
      'keygrant-api POST /v1/applications/:id/decisions',
    ]);
    // Statements of the handler behind the body are in its trace, too.
    const looked = await arrival(trace, 'select decisions');
    expect((await waysUp(looked)).at(-1)).toMatch(/POST \/v1\/applications\/:id\/decisions$/);
  }
  expect(await keygrant.client.workflow.getHandle(id).result()).toBe('delivered');
  await eventually(
    async () => collector.spans.filter(({ name }) => name === 'SMTP send').length >= 3 || undefined,
  );

  expect(collector.headers[0]).toMatchObject({ authorization: 'Bearer collector-token' });
  const all = collector.received.join('\n');
  expect(all).toContain('deployment.environment.name');
  expect(all).toContain('exception.type');
  const mails = await keygrant.mailbox.messages();
  const mail = mails.find(({ subject }) => subject.includes('Authorization Result'))?.text ?? '';
  const [secret = ''] = /[A-Za-z0-9+/]{86}==/.exec(mail) ?? [];
  const [apiKey = ''] = /[A-Za-z0-9+/]{54}==/.exec(mail.replace(secret, '')) ?? [];
  expect([secret.length, apiKey.length]).toEqual([88, 56]);
  expect(tracesOf(secret, { spans: all })).toEqual([]);
  expect(tracesOf(apiKey, { spans: all })).toEqual([]);
  for (const personal of [
    comment,
    'Ada',
    'Ben',
    'cousin',
    'example.com',
    'acme',
    'Key of the traces',
    'holiday',
    'adas-secret-note',
    'Bearer',
  ]) {
    expect(all.includes(personal) ? personal : undefined).toBeUndefined();
  }
  // Log lines name their trace.
  expect(keygrant.log.join('')).toContain(`"traceId":"${submission}"`);
});
