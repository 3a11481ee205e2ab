import { and, eq, inArray, or } from 'drizzle-orm';
import { type Level, whoMayDecide } from '../domain/levels.ts';
import type { Person } from '../domain/people.ts';
import type { Standing } from '../domain/standing.ts';
import { type ApplicationRow, countingVerdict } from './applications.ts';
import type { Queryable } from './database.ts';
import { levelOf } from './flows.ts';
import { namesOf, reviewersOf } from './people.ts';
import { applications } from './schema/applications.ts';
import { decisions } from './schema/decisions.ts';
import { flowLevels } from './schema/flows.ts';

/** Where an application stands, and who must act. */
export interface Stand {
  standing: Standing;
  waitingFor: Person[];
  /** The open level; undefined outside the review. */
  level: Level | undefined;
}

/** The standing of each application, in at most four queries for any number of them. */
export async function standingsOf(db: Queryable, rows: readonly ApplicationRow[]): Promise<Stand[]> {
  const submitted = rows.filter((row) => row.flowId !== null);
  const pending = submitted.filter((row) => row.level !== null);
  const versions = new Map(submitted.map((row) => [versionOf(row), row]));
  const levels = new Map<string, Level[]>();
  if (versions.size > 0) {
    const found = await db
      .select()
      .from(flowLevels)
      .where(
        or(
          ...[...versions.values()].map((row) =>
            and(eq(flowLevels.flowId, row.flowId ?? ''), eq(flowLevels.flowVersion, row.flowVersion ?? 0)),
          ),
        ),
      )
      .orderBy(flowLevels.level);
    for (const row of found) {
      const known = levels.get(versionOf(row)) ?? [];
      levels.set(versionOf(row), [...known, levelOf(row)]);
    }
  }
  const openLevel = (row: ApplicationRow) =>
    row.level === null ? undefined : levels.get(versionOf(row))?.[row.level - 1];
  const reviewers =
    pending.length > 0
      ? await reviewersOf(
          db,
          pending.flatMap((row) => openLevel(row) ?? []),
        )
      : [];
  const decided =
    pending.length > 0
      ? await decidedBy(
          db,
          pending.map((row) => row.id),
        )
      : [];

  const holders = await namesOf(
    db,
    rows.flatMap((row) => row.heldBy ?? []),
  );

  return rows.map((row) => {
    const level = openLevel(row);
    const made = decided.filter(({ id }) => id === row.id);
    const already = made.map(({ personId }) => personId ?? '');
    const waitingFor = level ? whoMayDecide(level, reviewers, row.applicantId, already) : [];
    const { state, deliveryDueAt, reason } = row;
    const names = waitingFor.map((person) => person.name);
    const count = levels.get(versionOf(row))?.length ?? 0;
    const standing = {
      state,
      level: row.level,
      levels: count,
      levelName: level?.name ?? null,
      approvals: {
        given: made.filter((each) => each.level === row.level).length,
        needed: level?.approvals ?? 1,
      },
      waitingFor: names,
      deliveryDueAt,
      reason,
      heldBy: row.heldBy === null ? null : (holders.get(row.heldBy) ?? row.heldBy),
    };
    return { standing, waitingFor, level };
  });
}

/** Who has decided on which of these applications in its present round. */
async function decidedBy(db: Queryable, ids: readonly string[]) {
  return db
    .select({ id: decisions.applicationId, personId: decisions.personId, level: decisions.level })
    .from(decisions)
    .innerJoin(
      applications,
      and(eq(applications.id, decisions.applicationId), eq(applications.round, decisions.round)),
    )
    .where(and(inArray(decisions.applicationId, [...ids]), countingVerdict));
}

function versionOf({ flowId, flowVersion }: { flowId: string | null; flowVersion: number | null }): string {
  return `${flowId} ${flowVersion}`;
}
