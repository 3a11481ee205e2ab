import { useParams } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { api } from '../../api/client.ts';
import { Failed, Skeleton } from '../../components/outcomes.tsx';
import { Card } from '../../components/page.tsx';
import { FlowForm } from './flow-form.tsx';

/** A flow, to be stored as a new version; `new` for one that there is not yet. */
export function FlowEditor() {
  const t = useTranslations('setup.flows');
  const { id } = useParams({ from: '/shell/setup/flows/$id' });
  const isNew = id === 'new';
  const { data, error, refetch } = api.useQuery(
    'get',
    '/v1/flows/{id}',
    { params: { path: { id } } },
    // What is being edited must not be replaced under the editor's hands.
    { enabled: !isNew, staleTime: Number.POSITIVE_INFINITY },
  );
  // A form that is being filled in stays, whatever became of looking again.
  if (!isNew && !data) return error ? <Failed error={error} retry={refetch} /> : <Skeleton lines={8} />;
  return (
    <Card title={isNew ? t('newTitle') : t('editTitle', { id })}>
      <FlowForm key={data?.version ?? 0} stored={data} />
    </Card>
  );
}
