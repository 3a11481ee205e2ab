import { useQueryClient } from '@tanstack/react-query';
import { Navigate, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '../../api/client.ts';
import { useHasRole, useSession } from '../../api/session.tsx';
import { LinkButton } from '../../components/link-button.tsx';
import { Blank, Failed, Skeleton } from '../../components/outcomes.tsx';
import { Page } from '../../components/page.tsx';
import { type Application, type Content, contentOf, contentOfKey, type Key, nothing } from './content.ts';
import { Form } from './form.tsx';
import { isOpen } from './keep-draft.ts';
import { afterAsLong } from './presets.ts';
import { detail, type Wish } from './routes.ts';

/** The form of an application: a new one, or a draft or returned one that is edited. */
export function Apply() {
  const { id } = useParams({ strict: false });
  const wish: Wish = useSearch({ strict: false });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const where = id ?? `new ${wish.kind ?? ''} ${wish.key ?? ''}`;
  const [made, setMade] = useState<string>();
  const [form, setForm] = useState({ where, number: 0, isNew: id === undefined });
  // Another address is another form, unless it is that of the draft which the open form has created.
  if (form.where !== where)
    setForm(
      id !== undefined && id === made
        ? { ...form, where }
        : { where, number: form.number + 1, isNew: id === undefined },
    );

  const created = useCallback(
    (draft: string) => {
      setMade(draft);
      void queries.invalidateQueries({ queryKey: ['get', '/v1/applications'] });
      void navigate({ to: '/applications/$id/edit', params: { id: draft }, replace: true });
    },
    [queries, navigate],
  );
  return form.isNew ? (
    <Begin key={form.number} wish={wish} created={created} />
  ) : (
    <Edit key={form.number} id={form.where} />
  );
}

function Begin({ wish, created }: { wish: Wish; created: (id: string) => void }) {
  const t = useTranslations('apply');
  const { service } = useSession();
  const mayApply = useHasRole('applicant');
  // What the form began with: afterwards its address says something else.
  const [{ kind = 'apply', key: keyId, renew }] = useState(wish);
  if (!mayApply) return <NotForYou />;
  if (kind !== 'apply' && keyId === undefined) {
    return (
      <Blank
        icon={null}
        title={t('whichKey.title')}
        heading="h1"
        actions={<LinkButton to="/keys">{t('whichKey.action')}</LinkButton>}
      >
        {t('whichKey.words')}
      </Blank>
    );
  }
  return (
    <WithKey keyId={keyId ?? null}>
      {(key) => {
        const begin: Content = key ? contentOfKey(key) : nothing;
        const proposal = key && renew ? { expiresOn: afterAsLong(key, service.timeZone) } : undefined;
        return (
          <Form
            kind={kind}
            subject={key}
            begin={begin}
            proposal={proposal}
            view={undefined}
            created={created}
          />
        );
      }}
    </WithKey>
  );
}

function Edit({ id }: { id: string }) {
  const title = useTranslations('application')('untitled');
  const { data, error, isFetchedAfterMount, refetch } = api.useQuery(
    'get',
    '/v1/applications/{id}',
    { params: { path: { id } } },
    { staleTime: 0, refetchOnWindowFocus: false },
  );
  // What the form began with: what it saves comes back to it otherwise.
  const [view, setView] = useState<Application>();
  if (!view && data && isFetchedAfterMount && !error) setView(data);
  if (!view) {
    return (
      <Page title={title} width="wide">
        {error ? <Failed error={error} retry={refetch} /> : <Skeleton lines={10} />}
      </Page>
    );
  }
  if (!isOpen(view)) return <Navigate to={detail} params={{ id }} replace />;
  return (
    <WithKey keyId={view.keyId}>
      {(key) => (
        <Form kind={view.kind} subject={key} begin={contentOf(view)} proposal={undefined} view={view} />
      )}
    </WithKey>
  );
}

/** The key that an application is about, as it is now. */
function WithKey({
  keyId,
  children,
}: {
  keyId: string | null;
  children: (key: Key | undefined) => React.ReactNode;
}) {
  const title = useTranslations('application')('untitled');
  const { data, error, refetch } = api.useQuery(
    'get',
    '/v1/keys/{id}',
    { params: { path: { id: keyId ?? '' } } },
    { enabled: keyId !== null },
  );
  if (keyId === null) return children(undefined);
  if (data) return children(data);
  return (
    <Page title={title} width="wide">
      {error ? <Failed error={error} retry={refetch} /> : <Skeleton lines={10} />}
    </Page>
  );
}

function NotForYou() {
  const t = useTranslations('apply.noApplicant');
  return (
    <Blank
      icon={<Lock aria-hidden />}
      title={t('title')}
      heading="h1"
      actions={<LinkButton to="/applications">{t('action')}</LinkButton>}
    >
      {t('words')}
    </Blank>
  );
}
