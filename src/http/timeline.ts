import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { trailOf } from '../db/trails.ts';
import { isVisible } from '../db/visibility.ts';
import { KeygrantError } from '../domain/errors.ts';
import { TimelineEntry } from './application-schemas.ts';
import { viewTimeline } from './application-view.ts';
import { ApplicationParams, visibleApplication } from './applications.ts';
import { type Caller, callerOf } from './auth.ts';
import type { App, Context } from './context.ts';
import { problemResponses } from './schemas.ts';

/** How many timelines one person, or a portal for one person, can follow in one process at a time. */
const mostPerPerson = 10;
/** A stream ends after this long at most, and its client comes back: so that connections spread over new processes. */
const longestMs = 60 * 60_000;

const description = [
  'Server-sent events: first the timeline so far, then each new entry as it is recorded. The data of an event is one',
  'entry of the timeline in GET /v1/applications/{id}; its id, sent back as Last-Event-ID, resumes after it without a',
  'gap. The stream ends with the access token, after an hour, and when the service stops: come back then.',
].join(' ');

/** The timeline of one application as it happens. */
export function timelineRoutes(app: App, { db, config, timelines }: Context): void {
  const streams = new Map<string, number>();
  const stops = new Set<() => void>();
  app.addHook('preClose', async () => {
    for (const stop of stops) stop();
  });

  app.get(
    '/v1/applications/:id/events',
    {
      handlerTimeout: longestMs + 60_000,
      schema: {
        operationId: 'followApplication',
        tags: ['Applications'],
        summary: 'Follow its timeline, by server-sent events',
        description,
        params: ApplicationParams,
        headers: Type.Object({
          'last-event-id': Type.Optional(
            Type.String({
              pattern: '^[0-9]{1,15}$',
              description: 'the id of the last event that was received',
            }),
          ),
        }),
        response: {
          200: {
            description: `Events named timeline, each with this as JSON: ${Object.keys(TimelineEntry.properties).join(', ')}`,
            content: { 'text/event-stream': { schema: Type.String() } },
          },
          ...problemResponses,
        },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { id } = request.params;
      const { applicant } = await visibleApplication({ db, config } as Context, id, caller);
      const who = `${caller.via ?? ''} ${caller.person.id}`;
      const open = streams.get(who) ?? 0;
      if (open >= mostPerPerson) {
        throw new KeygrantError('too-many-streams', {
          en: `End one of the ${mostPerPerson} that are open first.`,
          'zh-TW': `請先結束已開啟的 ${mostPerPerson} 個之中的一個。`,
        });
      }
      // Gone already: its end would never be heard of, and would be counted for ever.
      if (reply.raw.destroyed) return reply;
      streams.set(who, open + 1);
      const ending = new AbortController();
      const stop = () => ending.abort();
      stops.add(stop);
      const longest = setTimeout(stop, longestMs);
      const after = Number(request.headers['last-event-id'] ?? 0);
      const stream = Readable.from(eventsOf(request, applicant.id, after, ending.signal));
      // Not the stream's own end, which comes only after the wait for news that this ends.
      reply.raw.once('close', () => {
        stop();
        clearTimeout(longest);
        stops.delete(stop);
        const left = (streams.get(who) ?? 1) - 1;
        if (left > 0) streams.set(who, left);
        else streams.delete(who);
      });
      return (
        reply
          .type('text/event-stream')
          // nginx would collect events until there are 4 kB of them.
          .header('x-accel-buffering', 'no')
          // Kept alive after the stream's end, the connection would hold up the end of the service.
          .header('connection', 'close')
          .send(stream as never)
      );
    },
  );

  /** The text of the stream, piece by piece, until the caller may no longer see it or `ending` says so. */
  async function* eventsOf(
    request: FastifyRequest,
    applicantId: string,
    after: number,
    ending: AbortSignal,
  ): AsyncGenerator<string> {
    const { id } = request.params as { id: string };
    let news = true;
    let tell = () => {};
    const told = () => {
      news = true;
      tell();
    };
    const unfollow = timelines.follow(id, told);
    ending.addEventListener('abort', () => tell(), { once: true });
    let seen = after;
    try {
      yield 'retry: 3000\n\n';
      while (!ending.aborted) {
        news = false;
        const caller = await stillAllowed(request, id);
        if (!caller) return;
        const trail = await trailOf(db, 'application', id, seen);
        seen = trail.at(-1)?.event.seq ?? seen;
        for (const { seq, entry } of viewTimeline(trail, applicantId, caller)) {
          yield `id: ${seq}\nevent: timeline\ndata: ${JSON.stringify(entry)}\n\n`;
        }
        if (trail.length > 0 || news || ending.aborted) continue;
        await new Promise<void>((resolve) => {
          const idle = setTimeout(resolve, timelines.idleMs);
          tell = () => {
            clearTimeout(idle);
            resolve();
          };
        });
        // A comment, so that neither side nor anything between takes the connection for dead.
        if (!news) yield ': still here\n\n';
      }
    } catch (error) {
      // The client comes back and is told what is wrong as every request is.
      request.log.warn({ err: (error as Error).name }, 'a timeline broke off');
    } finally {
      unfollow();
    }
  }

  /** The caller as a new request would find them; undefined when it would be refused. */
  async function stillAllowed(request: FastifyRequest, id: string): Promise<Caller | undefined> {
    try {
      const caller = await request.identify();
      return (await isVisible(db, caller, id)) ? caller : undefined;
    } catch (error) {
      if (error instanceof KeygrantError) return undefined;
      throw error;
    }
  }
}
