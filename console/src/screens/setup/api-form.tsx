import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, type Schemas } from '../../api/client.ts';
import { etagOf } from '../../api/etag.ts';
import { Checkbox, Select, TextField } from '../../components/fields.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { tell } from '../../components/toasts.ts';
import styles from './setup.module.css';

type Method = Schemas['Api']['method'];
const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', '*'];

/** Registers an API, or changes one. */
export function ApiForm({ entry, onClose }: { entry: Schemas['Api'] | undefined; onClose: () => void }) {
  const t = useTranslations('setup');
  const queries = useQueryClient();
  const add = api.useMutation('post', '/v1/apis');
  const change = api.useMutation('patch', '/v1/apis/{id}');
  const [id, setId] = useState(entry?.id ?? '');
  const [name, setName] = useState(entry?.name ?? '');
  const [method, setMethod] = useState<Method>(entry?.method ?? 'GET');
  const [path, setPath] = useState(entry?.path ?? '');
  const [upstreamUrl, setUpstreamUrl] = useState(entry?.upstreamUrl ?? '');
  const [enabled, setEnabled] = useState(entry?.enabled ?? true);
  const save = async () => {
    const body = { name, method, path, upstreamUrl, enabled };
    if (entry) await change.mutateAsync({ params: { path: { id }, header: etagOf(entry.revision) }, body });
    else await add.mutateAsync({ body: { id, ...body } });
    await queries.invalidateQueries({ queryKey: ['get', '/v1/apis'] });
    tell(t('saved', { name }));
  };
  return (
    <FormDialog title={t(entry ? 'apis.change' : 'apis.add')} isOpen onClose={onClose} onSave={save}>
      {(errors) => (
        <>
          <TextField
            label={t('id')}
            hint={t('idHint')}
            error={errors['id']}
            value={id}
            onChange={setId}
            isDisabled={entry !== undefined}
            mono
          />
          <TextField label={t('name')} error={errors['name']} value={name} onChange={setName} />
          <div className={styles.pair}>
            <Select
              label={t('apis.method')}
              value={method}
              onChange={setMethod}
              options={methods.map((each) => ({ id: each, name: each === '*' ? t('apis.anyMethod') : each }))}
            />
            <TextField
              label={t('apis.path')}
              hint={t('apis.pathHint')}
              error={errors['path']}
              value={path}
              onChange={setPath}
              mono
            />
          </div>
          <TextField
            label={t('apis.upstream')}
            hint={t('apis.upstreamHint')}
            error={errors['upstreamUrl']}
            value={upstreamUrl}
            onChange={setUpstreamUrl}
            mono
          />
          <Checkbox isSelected={enabled} onChange={setEnabled}>
            <span>
              {t('enabled')} <small>{t('apis.enabledHint')}</small>
            </span>
          </Checkbox>
        </>
      )}
    </FormDialog>
  );
}
