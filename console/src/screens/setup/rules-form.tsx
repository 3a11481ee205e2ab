import { Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { api, type Schemas } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { ChosenField } from '../../components/chosen-field.tsx';
import { NumberField } from '../../components/fields.tsx';
import styles from './setup.module.css';

type Rule = Schemas['NewFlow']['appliesTo'][number];
const kinds = ['apply', 'update', 'revoke'] as const;
const numbers = ['quotaUpTo', 'quotaOver', 'validityUpToDays', 'validityOverDays'] as const;

/** Rules on applications, one of which must hold; of each, all parts that are filled in. */
export function RulesForm({
  title,
  rules,
  onChange,
  errors,
  field,
}: {
  title: string;
  rules: Rule[];
  onChange: (rules: Rule[]) => void;
  errors: Record<string, string>;
  field: string;
}) {
  const t = useTranslations('setup');
  const states = useTranslations('states.kind');
  const { data: apis } = api.useQuery('get', '/v1/apis', { params: { query: { limit: 100 } } });
  const { data: clients } = api.useQuery('get', '/v1/clients', { params: { query: { limit: 100 } } });
  const optionsOf = (items: readonly { id: string; name: string }[] | undefined) =>
    (items ?? []).map(({ id, name }) => ({ id, name, detail: id }));
  const set = (at: number, change: Partial<Rule>) => {
    const filled = Object.entries({ ...rules[at], ...change }).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    );
    onChange(rules.with(at, Object.fromEntries(filled)));
  };
  const ids = {
    clientIds: optionsOf(clients?.items),
    onlyApis: optionsOf(apis?.items),
    anyApi: optionsOf(apis?.items),
  };
  return (
    <fieldset className={styles.fieldset}>
      <legend>{title}</legend>
      {rules.map((rule, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- rules have no other name than their place
        <fieldset key={at} className={styles.levelForm}>
          <legend>{t('flows.rule', { rule: String(at + 1) })}</legend>
          <div className={styles.pair}>
            <ChosenField
              label={t('flows.kinds')}
              options={kinds.map((id) => ({ id, name: states(id) }))}
              chosen={rule.kinds ?? []}
              onChange={(chosen) => set(at, { kinds: chosen as Rule['kinds'] })}
              emptyWords={t('nothing')}
            />
            {(['clientIds', 'onlyApis', 'anyApi'] as const).map((part) => (
              <ChosenField
                key={part}
                label={t(`flows.${part}`)}
                options={ids[part]}
                chosen={rule[part] ?? []}
                onChange={(chosen) => set(at, { [part]: chosen })}
                error={errors[`${field}.${at}.${part}`]}
                emptyWords={t('nothing')}
              />
            ))}
            {numbers.map((part) => (
              <NumberField
                key={part}
                label={t(`flows.${part}`)}
                optional
                minValue={1}
                value={rule[part] ?? Number.NaN}
                onChange={(value) => set(at, { [part]: Number.isNaN(value) ? undefined : value })}
                error={errors[`${field}.${at}.${part}`]}
              />
            ))}
          </div>
          <div>
            <Button
              size="small"
              variant="quiet"
              icon={<Trash2 aria-hidden />}
              onPress={() => onChange(rules.toSpliced(at, 1))}
            >
              {t('flows.removeRule', { rule: String(at + 1) })}
            </Button>
          </div>
        </fieldset>
      ))}
      <div>
        <Button size="small" icon={<Plus aria-hidden />} onPress={() => onChange([...rules, {}])}>
          {t('flows.addRule')}
        </Button>
      </div>
    </fieldset>
  );
}
