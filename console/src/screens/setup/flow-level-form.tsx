import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { api, type Schemas } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { ChosenField } from '../../components/chosen-field.tsx';
import { Checkbox, NumberField, TextField } from '../../components/fields.tsx';
import { RolesField } from './roles-field.tsx';
import { RulesForm } from './rules-form.tsx';
import styles from './setup.module.css';

type Level = Schemas['FlowLevel'];

const deadlines = [
  ['remindAfterHours', 'remind'],
  ['escalateAfterHours', 'escalate'],
  ['lapseAfterHours', 'lapse'],
  ['denyAfterHours', 'deny'],
] as const;

/** One level of a flow that is being edited. */
export function FlowLevelForm({
  number,
  level,
  errors,
  onChange,
  onRemove,
  onEarlier,
  onLater,
}: {
  number: number;
  level: Level;
  errors: Record<string, string>;
  onChange: (level: Level) => void;
  onRemove: () => void;
  onEarlier?: () => void;
  onLater?: () => void;
}) {
  const t = useTranslations('setup');
  const common = useTranslations('common');
  const { data: people } = api.useQuery('get', '/v1/people', { params: { query: { limit: 100 } } });
  const set = (change: Partial<Level>) => onChange({ ...level, ...change });
  const errorOf = (field: string) =>
    errors[`levels.${number - 1}.${field}`] ?? errors[`levels[${number - 1}].${field}`];
  const persons = (people?.items ?? []).map(({ id, name }) => ({ id, name, detail: id }));
  return (
    <fieldset className={styles.levelForm}>
      <legend>{common('level', { level: String(number) })}</legend>
      <div className={styles.row}>
        <Button
          size="small"
          variant="quiet"
          aria-label={t('flows.earlier', { level: String(number) })}
          isDisabled={!onEarlier}
          onPress={() => onEarlier?.()}
        >
          <ArrowUp aria-hidden />
        </Button>
        <Button
          size="small"
          variant="quiet"
          aria-label={t('flows.later', { level: String(number) })}
          isDisabled={!onLater}
          onPress={() => onLater?.()}
        >
          <ArrowDown aria-hidden />
        </Button>
        <Button
          size="small"
          variant="quiet"
          aria-label={t('flows.removeLevel', { level: String(number) })}
          onPress={onRemove}
        >
          <Trash2 aria-hidden />
        </Button>
      </div>
      <TextField
        label={t('name')}
        error={errorOf('name')}
        value={level.name}
        onChange={(name) => set({ name })}
      />
      <div className={styles.pair}>
        <ChosenField
          label={t('flows.people')}
          options={persons}
          chosen={level.reviewers.people}
          onChange={(chosen) => set({ reviewers: { ...level.reviewers, people: chosen } })}
          error={errorOf('reviewers') ?? errorOf('reviewers.people')}
          emptyWords={t('nothing')}
        />
        <RolesField
          label={t('flows.roles')}
          reviewing
          roles={level.reviewers.roles}
          onChange={(roles) => set({ reviewers: { ...level.reviewers, roles } })}
          error={errorOf('reviewers.roles')}
        />
      </div>
      <div className={styles.pair}>
        <NumberField
          label={t('flows.approvals')}
          minValue={1}
          maxValue={20}
          value={level.approvals}
          onChange={(approvals) => set({ approvals })}
          error={errorOf('approvals')}
        />
        <NumberField
          label={t('flows.denials')}
          minValue={1}
          maxValue={20}
          value={level.denials}
          onChange={(denials) => set({ denials })}
          error={errorOf('denials')}
        />
      </div>
      <fieldset className={styles.fieldset}>
        <legend>{t('flows.deadlines')}</legend>
        <div className={styles.pair}>
          {deadlines.map(([field, word]) => (
            <NumberField
              key={field}
              label={t(`flows.${word}`)}
              minValue={1}
              maxValue={8760}
              value={level[field] ?? Number.NaN}
              onChange={(hours) => set({ [field]: Number.isNaN(hours) ? null : hours })}
              error={errorOf(field)}
            />
          ))}
        </div>
      </fieldset>
      {level.escalateAfterHours !== null && (
        <RolesField
          label={t('flows.escalateTo')}
          reviewing
          roles={level.escalateTo.roles}
          onChange={(roles) => set({ escalateTo: { ...level.escalateTo, roles } })}
          error={errorOf('escalateTo')}
        />
      )}
      <Checkbox isSelected={level.commentRequired} onChange={(commentRequired) => set({ commentRequired })}>
        {t('flows.commentRequired')}
      </Checkbox>
      <RulesForm
        title={t('flows.skip')}
        rules={level.skipWhen}
        onChange={(skipWhen) => set({ skipWhen })}
        errors={errors}
        field={`levels.${number - 1}.skipWhen`}
      />
    </fieldset>
  );
}
