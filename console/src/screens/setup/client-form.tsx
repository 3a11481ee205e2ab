import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, type Schemas } from '../../api/client.ts';
import { etagOf } from '../../api/etag.ts';
import { Checkbox, TextField } from '../../components/fields.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { tell } from '../../components/toasts.ts';

/** Adds a client, or changes one. */
export function ClientForm({
  client,
  onClose,
}: {
  client: Schemas['Client'] | undefined;
  onClose: () => void;
}) {
  const t = useTranslations('setup');
  const queries = useQueryClient();
  const add = api.useMutation('post', '/v1/clients');
  const change = api.useMutation('patch', '/v1/clients/{id}');
  const [id, setId] = useState(client?.id ?? '');
  const [name, setName] = useState(client?.name ?? '');
  const [lines, setLines] = useState((client?.emails ?? []).join('\n'));
  const [enabled, setEnabled] = useState(client?.enabled ?? true);
  const save = async () => {
    const emails = lines.split(/[\s,;]+/).filter(Boolean);
    const body = { name, emails, enabled };
    if (client) await change.mutateAsync({ params: { path: { id }, header: etagOf(client.revision) }, body });
    else await add.mutateAsync({ body: { id, ...body } });
    await queries.invalidateQueries({ queryKey: ['get', '/v1/clients'] });
    tell(t('saved', { name }));
  };
  return (
    <FormDialog title={t(client ? 'clients.change' : 'clients.add')} isOpen onClose={onClose} onSave={save}>
      {(errors) => (
        <>
          <TextField
            label={t('id')}
            hint={t('idHint')}
            error={errors['id']}
            value={id}
            onChange={setId}
            isDisabled={client !== undefined}
            mono
          />
          <TextField label={t('name')} error={errors['name']} value={name} onChange={setName} />
          <TextField
            label={t('clients.emails')}
            hint={t('clients.emailsHint')}
            error={errors['emails'] ?? errors['emails.0']}
            value={lines}
            onChange={setLines}
            multiline
          />
          <Checkbox isSelected={enabled} onChange={setEnabled}>
            <span>
              {t('enabled')} <small>{t('clients.enabledHint')}</small>
            </span>
          </Checkbox>
        </>
      )}
    </FormDialog>
  );
}
