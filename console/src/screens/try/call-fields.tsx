import { useTranslations } from 'use-intl';
import { Select, TextField } from '../../components/fields.tsx';
import { hasBody, isJson, parametersOf } from './target.ts';
import styles from './try.module.css';

/** What a person fills in of a call. */
export interface Filled {
  /** Of an API that takes any. */
  method: string;
  parameters: Record<string, string>;
  query: string;
  body: string;
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** What of an API's method and path is open: parameters of the path, the query, and a body where the method has one. */
export function CallFields({
  path,
  isAnyMethod,
  filled,
  onChange,
  isChecked,
}: {
  path: string;
  isAnyMethod: boolean;
  filled: Filled;
  onChange: (filled: Filled) => void;
  /** Whether what is missing is said already. */
  isChecked: boolean;
}) {
  const t = useTranslations('tryIt');
  const names = parametersOf(path);
  const change = (part: Partial<Filled>) => onChange({ ...filled, ...part });
  return (
    <>
      {isAnyMethod && (
        <Select
          label={t('method')}
          value={filled.method}
          onChange={(method) => change({ method })}
          options={methods.map((id) => ({ id: id as string, name: id }))}
        />
      )}
      {names.length > 0 && (
        <div className={styles.pair}>
          {names.map((name) => {
            const value = filled.parameters[name] ?? '';
            return (
              <TextField
                key={name}
                label={name === '*' ? t('rest') : t('parameter', { name })}
                hint={name === '*' ? t('restHint') : undefined}
                error={isChecked && value.trim() === '' ? t('parameterMissing') : undefined}
                mono
                spellCheck="false"
                value={value}
                onChange={(text) => change({ parameters: { ...filled.parameters, [name]: text } })}
              />
            );
          })}
        </div>
      )}
      <TextField
        label={t('query')}
        optional
        hint={t('queryHint')}
        mono
        spellCheck="false"
        value={filled.query}
        onChange={(query) => change({ query })}
      />
      {hasBody(filled.method) && (
        <TextField
          label={t('body')}
          optional
          hint={filled.body !== '' && !isJson(filled.body) ? t('notJson') : t('bodyHint')}
          multiline
          mono
          spellCheck="false"
          value={filled.body}
          onChange={(body) => change({ body })}
        />
      )}
    </>
  );
}
