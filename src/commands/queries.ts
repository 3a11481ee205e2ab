import { readConfig } from '../config.ts';
import type { Environment } from '../settings.ts';
import { queriesAt } from '../temporal/queries.ts';
import { uiAddress } from '../temporal/ui.ts';

/**
 * Prints what to search for in Temporal's UI. The UI keeps saved views in each browser, so nobody can save them for
 * others: opened by its link, a search is saved there with one click.
 */
export async function queries(env: Environment): Promise<number> {
  const { temporal } = readConfig(env);
  const { uiUrl } = temporal;
  for (const { finds, filter, asOfNow } of queriesAt(new Date())) {
    console.log(`${finds}${asOfNow ? ' (as of now: ask again instead of saving it)' : ''}\n  ${filter}`);
    const link = uiAddress(temporal, 'workflows');
    if (link) {
      link.searchParams.set('query', filter);
      console.log(`  ${link.href}`);
    }
    console.log('');
  }
  if (uiUrl === undefined) console.log('With TEMPORAL_UI_URL set, each comes with its link.');
  return 0;
}
