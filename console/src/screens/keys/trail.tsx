import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { Failed, Skeleton } from '../../components/outcomes.tsx';
import { Card } from '../../components/page.tsx';
import { Timeline } from '../../components/timeline.tsx';

const atFirst = 8;

/** All that is on record about a key, newest first; what is long past on demand. */
export function KeyTrail({ id }: { id: string }) {
  const t = useTranslations('keys.trail');
  const [isAll, setAll] = useState(false);
  const { data, error, refetch } = api.useQuery('get', '/v1/keys/{id}/trail', { params: { path: { id } } });
  const entries = (data?.items ?? [])
    // What a recorded signal did, the audit row beside it tells.
    .filter(({ source, outcome }) => source !== 'signal' || outcome !== 'recorded')
    .map(({ at, source, words, by, comment, via }) => ({
      at,
      words,
      comment,
      via,
      action: source,
      by: by ?? { id: '', name: t('nobody') },
    }));
  const more = entries.length - atFirst;
  return (
    <Card title={t('title')}>
      {error ? <Failed error={error} retry={refetch} /> : !data && <Skeleton lines={6} />}
      {data && entries.length === 0 && <p>{t('none')}</p>}
      {entries.length > 0 && (
        <Timeline label={t('title')} entries={isAll ? entries : entries.slice(-atFirst)} />
      )}
      {more > 0 && !isAll && (
        <div>
          <Button size="small" onPress={() => setAll(true)}>
            {t('all', { count: more })}
          </Button>
        </div>
      )}
    </Card>
  );
}
