import { useLoaderData } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { api } from '../../api/client.ts';
import { ProblemError } from '../../api/problem.ts';
import button from '../../components/button.module.css';
import { Button } from '../../components/button.tsx';
import { Code } from '../../components/code.tsx';
import { useFocusOnce } from '../../components/focus-once.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Refused } from '../../components/outcomes.tsx';
import { Card, Page } from '../../components/page.tsx';
import { signInAddress } from '../../shell/sign-in.ts';
import { forgetLink, type MailedLink } from './link.ts';

/** Shows the secret of a key, once, to whom the link was mailed. */
export function Reveal() {
  const t = useTranslations('reveal');
  const link = useLoaderData({ from: '/shell/reveal' });
  return (
    <Page title={t('title')} lead={t('lead')} width="text">
      {link ? <Once key={link.token} link={link} /> : <Notice tone="wait">{t('noLink')}</Notice>}
    </Page>
  );
}

/** Only the button uses the link up: its request is the one that the secret is an answer to. */
function Once({ link: { keyId, token } }: { link: MailedLink }) {
  const t = useTranslations('reveal');
  const { mutate, data, error, isPending } = api.useMutation('post', '/v1/keys/{id}/reveal', {
    // The pair lies in the memory of this component until it is left, and nowhere else.
    gcTime: 0,
    onSuccess: forgetLink,
  });
  if (data) return <Pair {...data} />;
  const { status, code } = error instanceof ProblemError ? error : {};
  return (
    <>
      <Refused error={error} />
      {status === 403 && (
        // Not one of this page's own addresses: the issuer is to ask who it is.
        <a className={button.button} href={signInAddress('/reveal', { again: true })}>
          {t('asAnother')}
        </a>
      )}
      {status === 410 && <Next keyId={keyId} code={code} />}
      {status !== 403 && status !== 410 && (
        <Card>
          <p>{t('before')}</p>
          <div>
            <Button
              variant="primary"
              isPending={isPending}
              onPress={() => mutate({ params: { path: { id: keyId } }, body: { token } })}
            >
              {t('show')}
            </Button>
          </div>
        </Card>
      )}
    </>
  );
}

/** Where another link can be had; where this one was used, where the key is seen to. */
function Next({ keyId, code }: { keyId: string; code: string | undefined }) {
  const t = useTranslations('reveal');
  const { data } = api.useQuery('get', '/v1/keys/{id}', { params: { path: { id: keyId } } });
  if (code === 'already-revealed')
    return (
      <LinkButton to="/keys/$id" params={{ id: keyId }}>
        {t('key')}
      </LinkButton>
    );
  return (
    data && (
      <LinkButton to="/applications/$id" params={{ id: data.applicationId }}>
        {t('application')}
      </LinkButton>
    )
  );
}

function Pair({ apiKey, secretKey }: { apiKey: string; secretKey: string }) {
  const t = useTranslations('reveal');
  const ref = useFocusOnce<HTMLDivElement>();
  return (
    <>
      <div ref={ref} tabIndex={-1}>
        <Notice tone="good" title={t('shownTitle')}>
          {t('shown')}
        </Notice>
      </div>
      <Card title={t('pair')}>
        <Code label={t('apiKey')} text={apiKey} />
        <Code label={t('secretKey')} text={secretKey} />
      </Card>
    </>
  );
}
