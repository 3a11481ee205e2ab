import { expect } from 'vitest';
import type { Answer } from '../support/api.ts';

/** Expects a refusal as a problem that names the field, in `errors` or in words. */
export function expectRefusal(answer: Answer, named: string, sent: string) {
  const about = `${sent.slice(0, 300)} was answered ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`;
  expect(answer.status, about).toBeGreaterThanOrEqual(400);
  expect(answer.status, about).toBeLessThan(500);
  expect(answer.headers.get('content-type'), about).toContain('application/problem+json');
  const { errors = [], detail } = answer.body;
  const fields: string[] = errors.map(({ field }: { field: string }) => field);
  const isNamed = fields.some((field) => field === named || field.startsWith(`${named}.`));
  expect(isNamed || detail.includes(named), `${about}, which does not name ${named}`).toBe(true);
}

/** Expects one problem, by its status and code. */
export function expectProblem(answer: Answer, status: number, code: string) {
  expect([answer.status, answer.body.type]).toEqual([status, `/problems/${code}`]);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
}

/** The fields that an answer finds fault with. */
export function fieldsOf(answer: Answer): string[] {
  return (answer.body.errors ?? []).map(({ field }: { field: string }) => field);
}
