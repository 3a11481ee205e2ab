import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { api, type Schemas } from '../../api/client.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/fields.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { tell } from '../../components/toasts.ts';
import styles from './setup.module.css';

/** Registers the operations of an OpenAPI document: shows first what that would do, and then does all of it or nothing. */
export function ApiImport({ onClose }: { onClose: () => void }) {
  const t = useTranslations('setup.import');
  const queries = useQueryClient();
  const run = api.useMutation('post', '/v1/apis/import');
  const [document, setDocument] = useState('');
  const [upstreamUrl, setUpstreamUrl] = useState('');
  const [look, setLook] = useState<{
    document: string;
    upstreamUrl: string;
    found: Schemas['ApiImportResult'];
  }>();
  // What was looked at is what is done: a change of the form asks for another look.
  const seen = look?.document === document && look.upstreamUrl === upstreamUrl ? look.found : undefined;
  const ask = (dryRun: boolean) =>
    run.mutateAsync({ body: { document, dryRun, ...(upstreamUrl && { upstreamUrl }) } });
  const done = async () => {
    const { apis } = await ask(false);
    await queries.invalidateQueries({ queryKey: ['get', '/v1/apis'] });
    tell(t('done', { count: apis.filter(({ outcome }) => outcome !== 'unchanged').length }));
  };
  return (
    <FormDialog
      title={t('title')}
      action={t('do')}
      isReady={seen !== undefined}
      isOpen
      onClose={onClose}
      onSave={done}
      width="wide"
    >
      {(errors) => (
        <>
          <p>{t('about')}</p>
          <div>
            <FileTrigger
              acceptedFileTypes={['.json', '.yaml', '.yml']}
              onSelect={(files) => void files?.[0]?.text().then(setDocument)}
            >
              <Button>{t('file')}</Button>
            </FileTrigger>
          </div>
          <TextField
            label={t('document')}
            error={errors['document']}
            value={document}
            onChange={setDocument}
            multiline
            mono
          />
          <TextField
            label={t('upstream')}
            hint={t('upstreamHint')}
            error={errors['upstreamUrl']}
            value={upstreamUrl}
            onChange={setUpstreamUrl}
            optional
            mono
          />
          <div>
            <Button
              isPending={run.isPending}
              isDisabled={document === ''}
              // What is refused is told below.
              onPress={() =>
                void ask(true).then(
                  (found) => setLook({ document, upstreamUrl, found }),
                  () => {},
                )
              }
            >
              {t('look')}
            </Button>
          </div>
          {seen && (
            // Scrolled by keyboard, so it can be focused.
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            <ul className={styles.imported} tabIndex={0} aria-label={seen.title}>
              {seen.apis.map(({ id, outcome, method, path, name }) => (
                <li key={id}>
                  <Badge tone={outcome === 'added' ? 'good' : outcome === 'changed' ? 'wait' : 'neutral'}>
                    {t(outcome)}
                  </Badge>
                  <code>
                    {method} {path}
                  </code>
                  <span>{name}</span>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </FormDialog>
  );
}
