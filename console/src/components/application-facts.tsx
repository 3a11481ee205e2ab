import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { Schemas } from '../api/client.ts';
import styles from './application-facts.module.css';
import { useDates } from './dates.ts';
import { KeyValues } from './key-values.tsx';
import { Moment } from './time.tsx';

type Application = Schemas['Application'];

/** Everything that an application asks for, with the method and path of each API. */
export function ApplicationFacts({ application }: { application: Application }) {
  const t = useTranslations('content.facts');
  const words = useTranslations();
  const format = useFormatter();
  const { client, keyName, kind, quota, applicant, submittedAt, description, keyId, key, erasedAt } =
    application;
  const missing = <span className={styles.missing}>{t('nothing')}</span>;
  return (
    <div className={styles.content}>
      <KeyValues
        facts={[
          [t('kind'), words(`states.kind.${kind}`)],
          [
            t('key'),
            keyId === null ? undefined : (
              <Link to="/keys/$id" params={{ id: keyId }}>
                {key ? key.apiKey : keyId}
              </Link>
            ),
          ],
          [
            t('client'),
            client ? (
              <>
                {client.name} <code className={styles.id}>{client.id}</code>
              </>
            ) : (
              missing
            ),
          ],
          [t('keyName'), keyName ?? missing],
          [t('validity'), <Validity key="validity" application={application} missing={missing} />],
          [t('quota'), quota === null ? missing : <Quota key="quota" quota={quota} />],
          [t('applicant'), applicant.name],
          [t('submitted'), submittedAt === null ? undefined : <Moment key="at" at={submittedAt} />],
        ]}
      />
      {description && (
        <div>
          <h3>{t('description')}</h3>
          <p className={styles.description}>{description}</p>
        </div>
      )}
      {erasedAt && (
        <p className={styles.missing}>
          {t('erased', { date: format.dateTime(new Date(erasedAt), { dateStyle: 'medium' }) })}
        </p>
      )}
      <div>
        <h3>{t('apis')}</h3>
        {application.apis.length === 0 ? <p className={styles.missing}>{t('noApis')}</p> : null}
        <ul className={styles.apis}>
          {application.apis.map(({ id, name, method, path }) => (
            <li key={id}>
              <code className={styles.call}>
                <b>{method}</b> {path}
              </code>
              <span>{name}</span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** A number of calls, or that there is no limit. */
export function Quota({ quota }: { quota: number }) {
  const t = useTranslations('common');
  return quota === -1 ? t('unlimited') : t('calls', { count: quota });
}

function Validity({
  application: { effectiveOn, expiresOn },
  missing,
}: {
  application: Application;
  missing: ReactNode;
}) {
  const t = useTranslations('common');
  const { day } = useDates();
  if (effectiveOn === null && expiresOn === null) return missing;
  const written = (on: string | null) => (on === null ? '…' : day(on));
  return t('validity', { from: written(effectiveOn), until: written(expiresOn) });
}
