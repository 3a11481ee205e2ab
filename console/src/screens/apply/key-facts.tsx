import { useFormatter, useTranslations } from 'use-intl';
import { Quota } from '../../components/application-facts.tsx';
import { KeyValues } from '../../components/key-values.tsx';
import { Day } from '../../components/time.tsx';
import type { Key } from './content.ts';

/** A key as it is, for who changes or ends it. */
export function KeyFacts({ subject, isWhole }: { subject: Key; isWhole: boolean }) {
  const t = useTranslations('apply');
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
        [t('fields.quota'), shown && <Quota quota={subject.quota} />],
        [t('key.used'), shown && subject.quota !== -1 ? format.number(subject.used) : undefined],
        [t('fields.apiIds'), shown && subject.apis.map(({ method, path }) => `${method} ${path}`).join(', ')],
      ]}
    />
  );
}
