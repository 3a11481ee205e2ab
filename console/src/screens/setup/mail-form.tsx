import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, type Schemas } from '../../api/client.ts';
import { etagOf } from '../../api/etag.ts';
import { violationsOf } from '../../api/problem.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Actions, Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/fields.tsx';
import { Refused } from '../../components/outcomes.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { tell } from '../../components/toasts.ts';
import { MailFrame } from './mail-frame.tsx';
import styles from './setup.module.css';

/** One mail's wording, with a preview of how it looks. */
export function MailForm({ template }: { template: Schemas['MailTemplate'] }) {
  const t = useTranslations('setup.mail');
  const queries = useQueryClient();
  const { kind, language, version, createdBy, placeholders } = template;
  const [subject, setSubject] = useState(template.subject);
  const [body, setBody] = useState(template.body);
  const [isShown, show] = useState(false);
  const store = api.useMutation('put', '/v1/mail-templates/{kind}/{language}');
  const preview = api.useMutation('post', '/v1/mail-templates/{kind}/{language}/preview');
  const path = { kind, language };
  const errors = { ...violationsOf(preview.error), ...violationsOf(store.error) };
  const look = async () => {
    await preview.mutateAsync({ params: { path }, body: { subject, body } });
    show(true);
  };
  const save = async () => {
    const stored = await store.mutateAsync({
      params: { path, header: etagOf(version) },
      body: { subject, body },
    });
    await queries.invalidateQueries({
      predicate: ({ queryKey }) => String(queryKey[1]).startsWith('/v1/mail-templates'),
    });
    tell(t('stored', { version: String(stored.version) }));
  };
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
      <div>
        <Badge>
          {version === 0 ? t('builtIn') : t('versionOf', { version: String(version), by: createdBy })}
        </Badge>
      </div>
      <TextField label={t('subject')} error={errors['subject']} value={subject} onChange={setSubject} />
      <TextField
        label={t('body')}
        hint={t('bodyHint', { names: placeholders.map(({ name }) => name).join(', ') })}
        error={errors['body']}
        value={body}
        onChange={setBody}
        multiline
        mono
      />
      <Refused error={store.error ?? preview.error} />
      <Actions>
        <Button isPending={preview.isPending} onPress={() => void look().catch(() => {})}>
          {t('preview')}
        </Button>
        <Button variant="primary" type="submit" isPending={store.isPending}>
          {t('store')}
        </Button>
      </Actions>
      {preview.data && (
        <Dialog title={t('previewTitle')} isOpen={isShown} onClose={() => show(false)} width="wide">
          <p>
            <strong>{preview.data.subject}</strong>
          </p>
          <Tabs
            label={t('previewTitle')}
            tabs={[
              {
                id: 'html',
                name: t('asHtml'),
                content: <MailFrame html={preview.data.html} language={language} title={t('previewTitle')} />,
              },
              {
                id: 'text',
                name: t('asText'),
                content: <pre className={styles.preview}>{preview.data.text}</pre>,
              },
            ]}
          />
        </Dialog>
      )}
    </form>
  );
}
