import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, type Schemas } from '../../api/client.ts';
import { etagOf } from '../../api/etag.ts';
import { violationsOf } from '../../api/problem.ts';
import { Button } from '../../components/button.tsx';
import { Actions } from '../../components/dialog.tsx';
import { Checkbox, Choice, NumberField, TextField } from '../../components/fields.tsx';
import { LinkButton } from '../../components/link-button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Refused } from '../../components/outcomes.tsx';
import { tell } from '../../components/toasts.ts';
import { FlowLevelForm } from './flow-level-form.tsx';
import { RulesForm } from './rules-form.tsx';
import styles from './setup.module.css';

type NewFlow = Schemas['NewFlow'];
type Level = Schemas['FlowLevel'];

const newLevel: Level = {
  name: '',
  reviewers: { people: [], roles: [] },
  approvals: 1,
  denials: 1,
  commentRequired: false,
  remindAfterHours: 24,
  escalateAfterHours: null,
  escalateTo: { people: [], roles: [] },
  lapseAfterHours: null,
  denyAfterHours: null,
  skipWhen: [],
};

/** Edits a flow and stores it as its next version. */
export function FlowForm({ stored }: { stored: Schemas['Flow'] | undefined }) {
  const t = useTranslations('setup');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const store = api.useMutation('put', '/v1/flows/{id}');
  const [id, setId] = useState(stored?.id ?? '');
  const [flow, setFlow] = useState<NewFlow>(() => contentOf(stored));
  const errors = violationsOf(store.error);
  const set = (change: Partial<NewFlow>) => setFlow({ ...flow, ...change });
  const setLevel = (at: number, level: Level) => set({ levels: flow.levels.with(at, level) });
  const swap = (at: number, other: number) => {
    const [one, two] = [flow.levels[at], flow.levels[other]];
    if (one && two) set({ levels: flow.levels.with(at, two).with(other, one) });
  };
  const save = async () => {
    const header = stored ? etagOf(stored.version) : {};
    const { version } = await store.mutateAsync({ params: { path: { id }, header }, body: flow });
    await queries.invalidateQueries({
      predicate: ({ queryKey }) => String(queryKey[1]).startsWith('/v1/flows'),
    });
    tell(t('flows.stored', { version: String(version), id }));
    await navigate({ to: '/setup/flows' });
  };
  const next = (stored?.version ?? 0) + 1;
  return (
    <form
      className={styles.editor}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // What was refused stands in the form.
        void save().catch(() => {});
      }}
    >
      <Notice>{t('flows.newVersion', { version: String(next) })}</Notice>
      <div className={styles.pair}>
        {!stored && (
          <TextField
            label={t('id')}
            hint={t('idHint')}
            error={errors['id']}
            value={id}
            onChange={setId}
            mono
          />
        )}
        <TextField
          label={t('name')}
          error={errors['name']}
          value={flow.name}
          onChange={(name) => set({ name })}
        />
        <NumberField
          label={t('flows.priorityLabel')}
          hint={t('flows.priorityHint')}
          error={errors['priority']}
          minValue={1}
          maxValue={1000}
          value={flow.priority}
          onChange={(priority) => set({ priority })}
        />
      </div>
      {id !== 'default' && (
        <RulesForm
          title={t('flows.rules')}
          rules={flow.appliesTo}
          onChange={(appliesTo) => set({ appliesTo })}
          errors={errors}
          field="appliesTo"
        />
      )}
      <h3>{t('flows.levels')}</h3>
      {flow.levels.map((level, at) => (
        <FlowLevelForm
          // oxlint-disable-next-line react/no-array-index-key -- levels have no other name than their place
          key={at}
          number={at + 1}
          level={level}
          errors={errors}
          onChange={(changed) => setLevel(at, changed)}
          onRemove={() => set({ levels: flow.levels.toSpliced(at, 1) })}
          {...(at > 0 && { onEarlier: () => swap(at, at - 1) })}
          {...(at < flow.levels.length - 1 && { onLater: () => swap(at, at + 1) })}
        />
      ))}
      {flow.levels.length === 0 && <p>{t('flows.automatic')}</p>}
      <div>
        <Button icon={<Plus aria-hidden />} onPress={() => set({ levels: [...flow.levels, newLevel] })}>
          {t('flows.addLevel')}
        </Button>
      </div>
      <Choice
        label={t('flows.repeated')}
        value={flow.repeatedReviewers}
        onChange={(repeatedReviewers) => set({ repeatedReviewers })}
        options={(['excluded', 'asked', 'counted'] as const).map((rule) => ({
          id: rule,
          name: t(`flows.repeatedReviewers.${rule}`),
        }))}
      />
      <fieldset className={styles.fieldset}>
        <legend>{t('flows.stoppable')}</legend>
        {(['applicant', 'reviewer', 'admin'] as const).map((who) => (
          <Checkbox
            key={who}
            isSelected={flow.stoppableBy.includes(who)}
            onChange={(may) =>
              set({
                stoppableBy: may
                  ? [...flow.stoppableBy, who]
                  : flow.stoppableBy.filter((each) => each !== who),
              })
            }
          >
            {t(`flows.stoppers.${who}`)}
          </Checkbox>
        ))}
      </fieldset>
      <Refused error={store.error} />
      <Actions>
        <LinkButton to="/setup/flows">{t('flows.cancel')}</LinkButton>
        <Button variant="primary" type="submit" isPending={store.isPending}>
          {t('flows.store', { version: String(next) })}
        </Button>
      </Actions>
    </form>
  );
}

function contentOf(stored: Schemas['Flow'] | undefined): NewFlow {
  if (!stored) {
    return {
      name: '',
      levels: [newLevel],
      priority: 100,
      appliesTo: [],
      repeatedReviewers: 'excluded',
      stoppableBy: ['applicant', 'reviewer', 'admin'],
    };
  }
  const { name, levels, priority, appliesTo, repeatedReviewers, stoppableBy } = stored;
  return { name, levels, priority, appliesTo, repeatedReviewers, stoppableBy };
}
