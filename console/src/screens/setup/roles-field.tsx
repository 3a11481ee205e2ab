import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '../../api/client.ts';
import { ChosenField } from '../../components/chosen-field.tsx';
import type { Surroundings } from '../../components/fields.tsx';

/** Roles that Keygrant itself gives a meaning. */
const builtIn = ['applicant', 'admin', 'auditor', 'portal', 'gateway'];
const pattern = /^[a-z][a-z\d-]{0,63}$/;

/** Roles: those that flows name, the built-in ones, and any that is typed. */
export function RolesField({
  roles,
  onChange,
  reviewing = false,
  ...surroundings
}: Surroundings & {
  roles: readonly string[];
  onChange: (roles: string[]) => void;
  /** Only roles that review. */
  reviewing?: boolean;
}) {
  const t = useTranslations('setup.people');
  const { data: flows = [] } = api.useQuery('get', '/v1/flows');
  const [typed, setTyped] = useState('');
  const named = flows.flatMap(({ levels }) => levels.flatMap(({ reviewers }) => reviewers.roles));
  const own = typed.trim().toLowerCase();
  const all = new Set([...(reviewing ? [] : builtIn), ...named, ...(pattern.test(own) ? [own] : [])]);
  return (
    <ChosenField
      {...surroundings}
      options={[...all].map((role) => ({ id: role, name: role }))}
      chosen={roles}
      onChange={onChange}
      onSearch={setTyped}
      emptyWords={t('addRole')}
    />
  );
}
