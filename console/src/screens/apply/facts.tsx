import { useFormatter, useTranslations } from 'use-intl';
import { KeyValues } from '../../components/key-values.tsx';
import { Day } from '../../components/time.tsx';
import type { Application, Key } from './content.ts';
import styles from './form.module.css';

/** A quota in words. */
function useQuota() {
  const t = useTranslations('common');
  return (quota: number | null) =>
    quota === null ? '–' : quota === -1 ? t('unlimited') : t('calls', { count: quota });
}

/** A key as it is, for who changes or ends it. */
export function KeyFacts({ subject, isWhole }: { subject: Key; isWhole: boolean }) {
  const t = useTranslations('apply');
  const quota = useQuota();
  const format = useFormatter();
  const shown = isWhole || undefined;
  return (
    <KeyValues
      facts={[
        [t('fields.clientId'), subject.client.name],
        [t('fields.keyName'), subject.name],
        [t('key.apiKey'), <code key="id">{subject.apiKey}</code>],
        [t('fields.effectiveOn'), shown && <Day on={subject.effectiveOn} />],
        [t('fields.expiresOn'), shown && <Day on={subject.expiresOn} />],
        [t('fields.quota'), shown && quota(subject.quota)],
        [t('key.used'), shown && subject.quota !== -1 ? format.number(subject.used) : undefined],
        [t('fields.apiIds'), shown && subject.apis.map(({ name }) => name).join(', ')],
      ]}
    />
  );
}

/** What the server has of an application, whole: what goes out when it is submitted. */
export function ApplicationFacts({ view }: { view: Application }) {
  const t = useTranslations('apply');
  const words = useTranslations('states.kind');
  const quota = useQuota();
  return (
    <div className={styles.facts}>
      <KeyValues
        facts={[
          [t('fields.clientId'), view.client && `${view.client.name} (${view.client.id})`],
          [t('fields.keyName'), view.keyName],
          [t('kind'), words(view.kind)],
          [t('fields.effectiveOn'), view.effectiveOn && <Day on={view.effectiveOn} />],
          [t('fields.expiresOn'), view.expiresOn && <Day on={view.expiresOn} />],
          [t('fields.quota'), quota(view.quota)],
        ]}
      />
      <KeyValues
        facts={[
          [view.kind === 'apply' ? t('fields.description') : t(`reason.${view.kind}`), view.description],
        ]}
      />
      <div>
        <h3>{t('fields.apiIds')}</h3>
        <ul>
          {view.apis.map(({ id, name, method, path }) => (
            <li key={id}>
              {name}{' '}
              <code>
                {method} {path}
              </code>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
