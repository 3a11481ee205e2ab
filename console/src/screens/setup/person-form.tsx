import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, type Schemas } from '../../api/client.ts';
import { etagOf } from '../../api/etag.ts';
import { Checkbox, Select, TextField } from '../../components/fields.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { tell } from '../../components/toasts.ts';
import { RolesField } from './roles-field.tsx';

const languages = [
  { id: 'en', name: 'English' },
  { id: 'zh-TW', name: '繁體中文' },
] as const;

/** Registers a person, or changes what they may do. */
export function PersonForm({
  person,
  onClose,
}: {
  person: Schemas['Person'] | undefined;
  onClose: () => void;
}) {
  const t = useTranslations('setup');
  const queries = useQueryClient();
  const add = api.useMutation('post', '/v1/people');
  const change = api.useMutation('patch', '/v1/people/{id}');
  const [id, setId] = useState(person?.id ?? '');
  const [name, setName] = useState(person?.name ?? '');
  const [email, setEmail] = useState(person?.email ?? '');
  const [roles, setRoles] = useState<readonly string[]>(person?.roles ?? ['applicant']);
  const [language, setLanguage] = useState<'en' | 'zh-TW' | 'default'>(person?.language ?? 'default');
  const [enabled, setEnabled] = useState(person?.enabled ?? true);
  const save = async () => {
    const body = {
      name,
      email,
      roles: [...roles],
      language: language === 'default' ? null : language,
      enabled,
    };
    if (person) await change.mutateAsync({ params: { path: { id }, header: etagOf(person.revision) }, body });
    else await add.mutateAsync({ body: { id, ...body } });
    await queries.invalidateQueries({ queryKey: ['get', '/v1/people'] });
    tell(t('saved', { name }));
  };
  return (
    <FormDialog title={t(person ? 'people.change' : 'people.add')} isOpen onClose={onClose} onSave={save}>
      {(errors) => (
        <>
          <TextField
            label={t('id')}
            hint={t('people.idHint')}
            error={errors['id']}
            value={id}
            onChange={setId}
            isDisabled={person !== undefined}
            mono
          />
          <TextField label={t('people.name')} error={errors['name']} value={name} onChange={setName} />
          <TextField
            label={t('people.email')}
            error={errors['email']}
            value={email}
            onChange={setEmail}
            type="email"
          />
          <RolesField
            label={t('people.roles')}
            hint={t('people.rolesHint')}
            roles={roles}
            onChange={setRoles}
          />
          <Select
            label={t('people.language')}
            value={language}
            onChange={setLanguage}
            options={[{ id: 'default' as const, name: t('people.defaultLanguage') }, ...languages]}
          />
          <Checkbox isSelected={enabled} onChange={setEnabled}>
            <span>
              {t('enabled')} <small>{t('people.enabledHint')}</small>
            </span>
          </Checkbox>
        </>
      )}
    </FormDialog>
  );
}
