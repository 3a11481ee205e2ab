import { and, eq, inArray, or } from 'drizzle-orm';
import { escalated, type Level } from '../domain/levels.ts';
import type { Person } from '../domain/people.ts';
import { whoMayDecide } from '../domain/reviewers.ts';
import type { Standing } from '../domain/standing.ts';
import { type ApplicationRow, countingVerdict, verdictFrom } from './applications.ts';
import type { Queryable } from './database.ts';
import { deputiesOf } from './delegations.ts';
import { type Flow, flowsFrom } from './flows.ts';
import { namesOf, reviewersOf } from './people.ts';
import { applications } from './schema/applications.ts';
import { decisions } from './schema/decisions.ts';
import { flowLevels, flows } from './schema/flows.ts';

/** Where an application stands, and who must act. */
export interface Stand {
  standing: Standing;
  waitingFor: Person[];
  /** The open level; undefined outside the review. */
  level: Level | undefined;
}

/** The standing of each application, in at most five queries for any number of them. */
export async function standingsOf(db: Queryable, rows: readonly ApplicationRow[]): Promise<Stand[]> {
  const flowsByVersion = await flowsOf(db, rows);
  const flowOf = (row: ApplicationRow) => flowsByVersion.get(versionOf(row.flowId, row.flowVersion));
  const openLevel = (row: ApplicationRow) => {
    const level = row.level === null ? undefined : flowOf(row)?.levels[row.level - 1];
    return level && (row.escalatedAt === null ? level : escalated(level));
  };
  const open = rows.filter((row) => row.level !== null);
  const reviewers =
    open.length > 0
      ? await reviewersOf(
          db,
          open.flatMap((row) => openLevel(row) ?? []),
        )
      : [];
  const deputies = await deputiesOf(db, reviewers, new Date());
  const decided =
    open.length > 0
      ? await decidedOn(
          db,
          open.map((row) => row.id),
        )
      : [];
  const holders = await namesOf(
    db,
    rows.flatMap((row) => row.heldBy ?? []),
  );

  return rows.map((row) => {
    const level = openLevel(row);
    const flow = flowOf(row);
    const verdicts = decided.filter(({ applicationId }) => applicationId === row.id).flatMap(verdictFrom);
    const { state, deliveryDueAt, reason, ownReason, applicantId, level: number, kind } = row;
    const waitingFor =
      level && flow && number !== null
        ? whoMayDecide(
            { applicantId, number, level, rule: flow.repeatedReviewers, verdicts },
            reviewers,
            deputies,
          )
        : [];
    const said = (approves: boolean) =>
      verdicts.filter((each) => each.level === number && each.approves === approves).length;
    const standing = {
      state,
      kind,
      level: number,
      levels: flow?.levels.length ?? 0,
      levelName: level?.name ?? null,
      approvals: { given: said(true), needed: level?.approvals ?? 1 },
      denials: { given: said(false), needed: level?.denials ?? 1 },
      waitingFor: waitingFor.map((person) => person.name),
      deliveryDueAt,
      reason: ownReason ?? reason,
      heldBy: row.heldBy === null ? null : (holders.get(row.heldBy) ?? row.heldBy),
    };
    return { standing, waitingFor, level };
  });
}

/** The flow versions that these applications are under. */
async function flowsOf(db: Queryable, rows: readonly ApplicationRow[]): Promise<Map<string, Flow>> {
  const versions = new Map(
    rows.filter(({ flowId }) => flowId !== null).map((row) => [versionOf(row.flowId, row.flowVersion), row]),
  );
  if (versions.size === 0) return new Map();
  const found = await db
    .select({ flow: flows, level: flowLevels })
    .from(flows)
    .leftJoin(flowLevels, and(eq(flowLevels.flowId, flows.id), eq(flowLevels.flowVersion, flows.version)))
    .where(
      or(
        ...[...versions.values()].map((row) =>
          and(eq(flows.id, row.flowId ?? ''), eq(flows.version, row.flowVersion ?? 0)),
        ),
      ),
    )
    .orderBy(flowLevels.level);
  return new Map(flowsFrom(found).map((flow) => [versionOf(flow.id, flow.version), flow]));
}

/** What was decided on these applications in their present round. */
async function decidedOn(db: Queryable, ids: readonly string[]) {
  return db
    .select({
      applicationId: decisions.applicationId,
      personId: decisions.personId,
      delegatorId: decisions.delegatorId,
      level: decisions.level,
      act: decisions.act,
    })
    .from(decisions)
    .innerJoin(
      applications,
      and(eq(applications.id, decisions.applicationId), eq(applications.round, decisions.round)),
    )
    .where(and(inArray(decisions.applicationId, [...ids]), countingVerdict));
}

function versionOf(flowId: string | null, flowVersion: number | null): string {
  return `${flowId} ${flowVersion}`;
}
