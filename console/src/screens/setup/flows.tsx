import { ArrowRight, GitBranchPlus, Pencil } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { api, type Schemas } from '../../api/client.ts';
import { Badge } from '../../components/badge.tsx';
import { LinkButton } from '../../components/link-button.tsx';
import { Failed, Skeleton } from '../../components/outcomes.tsx';
import { Card } from '../../components/page.tsx';
import styles from './setup.module.css';

/** Every flow, drawn as its levels, in the order in which they are asked whether they apply. */
export function Flows() {
  const t = useTranslations('setup.flows');
  const { data: flows, error, refetch } = api.useQuery('get', '/v1/flows');
  return (
    <>
      <div className={styles.over}>
        <p>{t('about')}</p>
        <LinkButton
          to="/setup/flows/$id"
          params={{ id: 'new' }}
          variant="primary"
          icon={<GitBranchPlus aria-hidden />}
        >
          {t('add')}
        </LinkButton>
      </div>
      {error && <Failed error={error} retry={refetch} />}
      {!flows && !error && <Skeleton lines={6} />}
      <div className={styles.flows}>
        {flows
          ?.toSorted((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1))
          .map((flow) => (
            <FlowCard key={flow.id} flow={flow} />
          ))}
      </div>
    </>
  );
}

function FlowCard({ flow }: { flow: Schemas['Flow'] }) {
  const t = useTranslations('setup.flows');
  const { id, name, version, priority, levels, appliesTo } = flow;
  return (
    <Card
      title={name}
      actions={
        <LinkButton to="/setup/flows/$id" params={{ id }} size="small" icon={<Pencil aria-hidden />}>
          {t('edit')}
        </LinkButton>
      }
    >
      <div className={styles.row}>
        <code>{id}</code>
        <Badge>{t('version', { version: String(version) })}</Badge>
        <Badge>{t('priority', { priority: String(priority) })}</Badge>
        <Badge tone="info">
          {id === 'default'
            ? t('always')
            : appliesTo.length === 0
              ? t('never')
              : appliesTo.map((rule) => Object.keys(rule).join(' + ')).join(` ${t('or')} `)}
        </Badge>
      </div>
      {levels.length === 0 ? <p>{t('automatic')}</p> : <Levels levels={levels} />}
    </Card>
  );
}

/** The levels of a flow in their order: who decides each, and how many must. */
function Levels({ levels }: { levels: Schemas['FlowLevel'][] }) {
  const t = useTranslations('setup.flows');
  const common = useTranslations('common');
  return (
    <ol className={styles.levels}>
      {levels.map((level, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- levels have no other name than their place
        <li key={at} className={styles.level}>
          <small>
            {at > 0 && <ArrowRight aria-hidden size={14} />} {common('level', { level: String(at + 1) })}
          </small>
          <strong>{level.name}</strong>
          <span>{[...level.reviewers.people, ...level.reviewers.roles].join(', ') || t('nobody')}</span>
          <small>
            {t('approvals')}: {level.approvals}
            {level.remindAfterHours !== null &&
              level.remindAfterHours !== undefined &&
              ` · ${t('remind')}: ${level.remindAfterHours}`}
          </small>
        </li>
      ))}
    </ol>
  );
}
