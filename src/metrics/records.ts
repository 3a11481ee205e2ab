import { Gauge, type Registry } from 'prom-client';
import type { Database } from '../db/database.ts';
import { type Figures, figuresOf } from '../db/figures.ts';
import { applicationStates, isEnded } from '../domain/application-states.ts';
import { mailKinds } from '../domain/mails.ts';

/** Scrapes that come closer together share one look at the database. */
const sharedMs = 5_000;

/**
 * Gauges of what is in the database. Every API process shows the same figures, so dashboards and alerts take `max` over
 * them; one that is down or cut off from the database is missing there, and nothing is counted twice.
 */
export function createRecordGauges(registry: Registry, db: Database) {
  const gauge = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Gauge({ name: `keygrant_${name}`, help, labelNames, registers: [registry] });
  const up = gauge(
    'database_up',
    '1 while PostgreSQL answers within two seconds; else the figures are missing.',
  );
  const applications = gauge('applications', 'Applications in each state.', 'state');
  const oldest = gauge(
    'applications_oldest_seconds',
    'How long the longest has been in a state that something must happen in.',
    'state',
  );
  const held = gauge('applications_held', 'Applications whose credentials somebody holds back.');
  const overdue = gauge(
    'levels_overdue',
    'Open levels past the time of their reminder, of an escalation that has not come, or of their lapse or denial.',
    'due',
  );
  const waiting = gauge('mails_waiting', 'Mails that could leave now and have not.', 'kind');
  const wait = gauge('mails_oldest_seconds', 'How long the longest of them has waited.', 'kind');
  const attempts = gauge('mails_attempts_max', 'The most attempts that one of them took so far.', 'kind');
  const all = [applications, oldest, held, overdue, waiting, wait, attempts];

  let seen: { until: number; done: Promise<void> } | undefined;
  return {
    /** Never throws: without the database the other metrics count all the more. */
    async refresh(): Promise<void> {
      if (!seen || seen.until < Date.now()) {
        const done = figuresOf(db).then(show, () => {
          for (const each of all) each.reset();
          held.remove();
          up.set(0);
        });
        seen = { until: Date.now() + sharedMs, done };
      }
      await seen.done;
    },
  };

  function show(figures: Figures): void {
    up.set(1);
    for (const state of applicationStates) {
      const found = figures.applications.find((each) => each.state === state);
      applications.set({ state }, found?.count ?? 0);
      if (!isEnded(state)) oldest.set({ state }, found?.oldest ?? 0);
    }
    held.set(figures.held);
    overdue.set({ due: 'reminder' }, figures.overdue.reminder);
    overdue.set({ due: 'escalation' }, figures.overdue.escalation);
    overdue.set({ due: 'lapse' }, figures.overdue.lapse);
    for (const kind of mailKinds) {
      const found = figures.mails.find((each) => each.kind === kind);
      waiting.set({ kind }, found?.count ?? 0);
      wait.set({ kind }, found?.oldest ?? 0);
      attempts.set({ kind }, found?.attempts ?? 0);
    }
  }
}
