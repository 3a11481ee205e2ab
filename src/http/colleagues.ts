import { Type } from 'typebox';
import { isReviewer, listColleagues } from '../db/colleagues.ts';
import { KeygrantError } from '../domain/errors.ts';
import { seesEverything } from '../domain/people.ts';
import { callerOf } from './auth.ts';
import type { App, Context } from './context.ts';
import { cursorOf, readCursor, toPage } from './cursors.ts';
import { named, PageQuery, PersonId, pageOf, problemResponses, queryOf, searchedText } from './schemas.ts';

const Colleague = named('Colleague', { id: PersonId, name: Type.String(), enabled: Type.Boolean() });

/**
 * Who there is, by name alone: for those who review, so that they can say who decides in their place, and look for what
 * somebody applied for or decided. What else is known of people is for admins and auditors.
 */
export function colleagueRoutes(app: App, { db }: Context): void {
  app.get(
    '/v1/colleagues',
    {
      schema: {
        operationId: 'listColleagues',
        tags: ['People'],
        summary: 'Search people by id and name; for reviewers, admins and auditors',
        querystring: queryOf({
          ...PageQuery,
          q: Type.Optional(searchedText('a part of the id or the name')),
        }),
        response: { 200: pageOf(Colleague), ...problemResponses },
      },
    },
    async (request) => {
      const { person, via } = callerOf(request);
      if (via !== null || !(seesEverything(person) || (await isReviewer(db, person)))) {
        throw new KeygrantError('forbidden', {
          en: 'This is for reviewers, admins and auditors.',
          'zh-TW': '僅限審核人、管理員與稽核人員。',
        });
      }
      const { q, limit, cursor } = request.query;
      const found = await listColleagues(db, { q, limit, after: readCursor(cursor, ['text'])?.[0] });
      return toPage(found, limit, ({ id }) => cursorOf(id));
    },
  );
}
