import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, type Schemas } from '../../api/client.ts';
import { Select } from '../../components/fields.tsx';
import { Failed, Skeleton } from '../../components/outcomes.tsx';
import { Card } from '../../components/page.tsx';
import { MailForm } from './mail-form.tsx';
import { ServiceSettings } from './service-settings.tsx';
import styles from './setup.module.css';

type Kind = Schemas['MailTemplate']['kind'];
type Language = Schemas['MailTemplate']['language'];

/** The mails in both languages: how each is worded, and how it looks. */
export function Mail() {
  const t = useTranslations('setup.mail');
  const words = useTranslations('mails');
  const [kind, setKind] = useState<Kind>('credentials');
  const [language, setLanguage] = useState<Language>('en');
  const { data: templates, error, refetch } = api.useQuery('get', '/v1/mail-templates');
  const { data: template } = api.useQuery('get', '/v1/mail-templates/{kind}/{language}', {
    params: { path: { kind, language } },
  });
  // What is being written stays, whatever became of looking again.
  if (!templates) return error ? <Failed error={error} retry={refetch} /> : <Skeleton lines={6} />;
  const kinds = [...new Set(templates.map((each) => each.kind))];
  return (
    <>
      <ServiceSettings />
      <p>{t('about')}</p>
      <div className={styles.pair}>
        <Select
          label={t('kind')}
          hint={words(`when.${kind}`)}
          value={kind}
          onChange={setKind}
          options={kinds.map((id) => ({ id, name: words(`kinds.${id}`) }))}
        />
        <Select
          label={t('language')}
          value={language}
          onChange={setLanguage}
          options={[
            { id: 'en' as const, name: 'English' },
            { id: 'zh-TW' as const, name: '繁體中文' },
          ]}
        />
      </div>
      {template ? (
        <Card>
          <MailForm key={`${kind} ${language} ${template.version}`} template={template} />
        </Card>
      ) : (
        <Skeleton lines={6} />
      )}
    </>
  );
}
