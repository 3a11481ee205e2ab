import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Schemas } from '../api/client.ts';
import { Quota } from './application-facts.tsx';
import styles from './changes.module.css';
import { Day } from './time.tsx';

type Application = Schemas['Application'];
type Value = Application['changes'][number]['fields'][number]['after'];

/** What is different from the key as it was, and from the round before; nothing where there is nothing to compare with. */
export function Changes({ application }: { application: Pick<Application, 'changes' | 'apis' | 'client'> }) {
  const t = useTranslations('content.changes');
  return application.changes.map(({ comparedWith, fields }) => (
    <section key={comparedWith} className={styles.changes}>
      <h3>{t(comparedWith)}</h3>
      {fields.length === 0 && <p className={styles.soft}>{t('nothing')}</p>}
      <dl>
        {fields.map(({ field, before, after }) => (
          <div key={field}>
            <dt>
              <FieldName field={field} />
            </dt>
            <dd>
              {Array.isArray(before) || Array.isArray(after) ? (
                <Sets before={before} after={after} application={application} />
              ) : (
                <>
                  <Was word={t('before')}>
                    <Single field={field} value={before} application={application} />
                  </Was>
                  <Is word={t('after')}>
                    <Single field={field} value={after} application={application} />
                  </Is>
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  ));
}

function FieldName({ field }: { field: string }) {
  const t = useTranslations('content.facts');
  const date = useTranslations('content.changes.fields');
  if (field === 'effectiveOn' || field === 'expiresOn') return date(field);
  const names = { clientId: 'client', apiIds: 'apis' } as const;
  const known = { ...names, keyName: 'keyName', description: 'description', quota: 'quota' } as const;
  return field in known ? t(known[field as keyof typeof known]) : field;
}

function Single({
  field,
  value,
  application: { client },
}: {
  field: string;
  value: Value;
  application: Pick<Application, 'client'>;
}) {
  const t = useTranslations('content.changes');
  if (value === null || value === '') return <i>{t('empty')}</i>;
  if (field === 'quota') return <Quota quota={Number(value)} />;
  if (field === 'effectiveOn' || field === 'expiresOn') return <Day on={String(value)} />;
  if (field === 'clientId' && client?.id === value) return client.name;
  return String(value);
}

/** Of two sets only what came and what went. */
function Sets({
  before,
  after,
  application: { apis },
}: {
  before: Value;
  after: Value;
  application: Pick<Application, 'apis'>;
}) {
  const t = useTranslations('content.changes');
  const [was, is] = [before, after].map((value) => (Array.isArray(value) ? value : [])) as [
    string[],
    string[],
  ];
  const nameOf = (id: string) => {
    const api = apis.find((each) => each.id === id);
    return api ? `${api.method} ${api.path} (${api.name})` : id;
  };
  return (
    <>
      {was
        .filter((id) => !is.includes(id))
        .map((id) => (
          <Was key={id} word={t('removed')}>
            {nameOf(id)}
          </Was>
        ))}
      {is
        .filter((id) => !was.includes(id))
        .map((id) => (
          <Is key={id} word={t('added')}>
            {nameOf(id)}
          </Is>
        ))}
    </>
  );
}

function Was({ word, children }: { word: string; children: ReactNode }) {
  return (
    <div className={styles.was}>
      <small>{word}</small> <del>{children}</del>
    </div>
  );
}

function Is({ word, children }: { word: string; children: ReactNode }) {
  return (
    <div className={styles.is}>
      <small>{word}</small> <ins>{children}</ins>
    </div>
  );
}
