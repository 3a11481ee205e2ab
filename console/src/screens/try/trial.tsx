import { Send } from 'lucide-react';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Schemas } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { Choice, Select } from '../../components/fields.tsx';
import { Card } from '../../components/page.tsx';
import { CallFields, type Filled } from './call-fields.tsx';
import { Copies } from './copies.tsx';
import { OutcomeShown } from './outcome.tsx';
import { secretLength } from './pasted.ts';
import { SecretField } from './secret-field.tsx';
import { type Call, type Outcome, type Scheme, signAndSend } from './send.ts';
import { hasBody, isJson, parametersOf, targetOf } from './target.ts';
import styles from './try.module.css';

const nothingFilled: Filled = { method: 'GET', parameters: {}, query: '', body: '' };

/** The form of one key, and what came of its call. The secret is in the memory of this component alone. */
export function Trial({
  value,
  apiId,
  onApi,
  picker,
  gateway,
}: {
  value: Schemas['Key'] | undefined;
  apiId: string | undefined;
  onApi: (id: string) => void;
  picker: (error?: string) => ReactNode;
  /** Null where nothing can be sent. */
  gateway: string | null;
}) {
  const t = useTranslations('tryIt');
  const [filled, setFilled] = useState(nothingFilled);
  const [secret, setSecret] = useState('');
  const [foreign, setForeign] = useState<string>();
  const [scheme, setScheme] = useState<Scheme>('message');
  const [isChecked, setChecked] = useState(false);
  const [isPending, setPending] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const result = useRef<HTMLDivElement>(null);
  // Whoever has sent a call wants to see what came of it, wherever on the page the button was.
  useEffect(() => {
    if (!outcome) return;
    result.current?.focus({ preventScroll: true });
    result.current?.scrollIntoView({ block: 'start' });
  }, [outcome]);
  const apis = value?.apis ?? [];
  // Where nothing is chosen, one that only reads.
  const chosen =
    apis.find(({ id }) => id === apiId) ?? apis.find(({ method }) => method === 'GET') ?? apis[0];
  const call = chosen && callOf(chosen, filled);
  const secretError = secretProblem();

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    setChecked(true);
    if (!value || !chosen || !call || gateway === null || secretError) return;
    if (parametersOf(chosen.path).some((name) => !filled.parameters[name]?.trim())) return;
    setPending(true);
    try {
      setOutcome(await signAndSend(gateway, call, { apiKey: value.apiKey, secretKey: secret }, scheme));
    } finally {
      setPending(false);
    }
  }

  function secretProblem(): string | undefined {
    if (foreign !== undefined && foreign !== value?.apiKey) return t('secret.other', { apiKey: foreign });
    if (secret === '') return t('secret.missing');
    if (secret === value?.apiKey) return t('secret.isPublic');
    return secret.length === secretLength ? undefined : t('secret.length', { count: secret.length });
  }

  return (
    <>
      <div className={styles.column}>
        <form className={styles.form} autoComplete="off" noValidate onSubmit={(event) => void send(event)}>
          <Card title={t('call')}>
            {picker(isChecked && !value ? t('key.missing') : undefined)}
            {value && chosen && call && (
              <>
                <Select
                  label={t('api.label')}
                  value={chosen.id}
                  onChange={(id) => {
                    onApi(id);
                    setFilled(nothingFilled);
                  }}
                  options={apis.map(({ id, name, method, path }) => ({
                    id,
                    name: `${method} ${path} · ${name}`,
                  }))}
                />
                <CallFields
                  path={chosen.path}
                  isAnyMethod={chosen.method === '*'}
                  filled={{ ...filled, method: call.method }}
                  onChange={setFilled}
                  isChecked={isChecked}
                />
                <div>
                  <span className={styles.name}>{t('goesTo')}</span>
                  <code className={styles.to}>
                    {call.method} {gateway?.replace(/\/$/, '')}
                    {call.target}
                  </code>
                </div>
              </>
            )}
          </Card>
          {value && chosen && (
            <Card title={t('pair')}>
              <div>
                <span className={styles.name}>{t('apiKey')}</span>
                <code className={styles.to}>{value.apiKey}</code>
              </div>
              <SecretField
                value={secret}
                onChange={setSecret}
                onPasted={setForeign}
                error={isChecked || foreign !== undefined || secret !== '' ? secretError : undefined}
              />
              <Choice
                label={t('scheme.label')}
                value={scheme}
                onChange={setScheme}
                options={[
                  { id: 'message', name: t('scheme.message'), hint: t('scheme.messageHint') },
                  { id: 'dgrk', name: t('scheme.dgrk'), hint: t('scheme.dgrkHint') },
                ]}
              />
              <div className={styles.send}>
                <Button
                  type="submit"
                  variant="primary"
                  icon={<Send aria-hidden />}
                  isPending={isPending}
                  isDisabled={gateway === null}
                >
                  {t('send')}
                </Button>
                <p>{t('real')}</p>
              </div>
            </Card>
          )}
        </form>
      </div>
      <div className={styles.column} ref={result} tabIndex={-1}>
        {outcome && value && <OutcomeShown outcome={outcome} keyId={value.id} />}
        {value && call && (
          <Copies call={call} apiKey={value.apiKey} gateway={gateway ?? 'https://…'} scheme={scheme} />
        )}
      </div>
    </>
  );
}

/** The call that is filled in for an API. */
function callOf(api: Schemas['OpenedApi'], filled: Filled): Call {
  const method = api.method === '*' ? filled.method : api.method;
  const body = hasBody(method) ? filled.body : '';
  const contentType = isJson(body) ? 'application/json' : 'text/plain; charset=utf-8';
  return {
    method,
    target: targetOf(api.path, filled.parameters, filled.query),
    body,
    contentType: body === '' ? undefined : contentType,
  };
}
