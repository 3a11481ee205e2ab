import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { api } from '../../api/client.ts';
import { ProblemError } from '../../api/problem.ts';
import { useSession } from '../../api/session.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { tryIt } from '../../i18n/en/try.ts';
import { ScreenWords } from '../../i18n/screen-words.tsx';
import { KeyPicker } from './key-picker.tsx';
import { Trial } from './trial.tsx';
import styles from './try.module.css';

/** Tests connectivity: a call of a key, signed in the browser and sent through the gateway. */
export function TryIt() {
  return (
    <ScreenWords words={{ tryIt }}>
      <Screen />
    </ScreenWords>
  );
}

function Screen() {
  const t = useTranslations('tryIt');
  const { gatewayUrl } = useSession().service;
  const search = useSearch({ from: '/shell/try' });
  const navigate = useNavigate({ from: '/try' });
  const keyId = search.key ?? '';
  const { data, error: failure } = api.useQuery(
    'get',
    '/v1/keys/{id}',
    { params: { path: { id: keyId } } },
    { enabled: keyId !== '' },
  );
  const value = keyId === '' ? undefined : data;
  // Whatever else fails is tried again.
  const isUnknown = keyId !== '' && !data && failure instanceof ProblemError && failure.status < 500;
  const picker = (error?: string) => (
    <KeyPicker
      // A key that the address names is known only after the first moment.
      key={value?.id}
      value={value}
      error={error ?? (isUnknown ? t('key.unknown') : undefined)}
      onChange={(key) => void navigate({ search: { key }, replace: true })}
    />
  );
  return (
    <Page title={t('title')} lead={t('lead')}>
      {gatewayUrl === null && <Notice tone="wait">{t('noGateway')}</Notice>}
      {!isSecureContext && <Notice tone="wait">{t('insecure')}</Notice>}
      <div className={styles.columns}>
        <Trial
          // Another key has another secret, and other APIs.
          key={value?.id}
          value={value}
          apiId={search.api}
          onApi={(chosen) => void navigate({ search: { key: keyId, api: chosen }, replace: true })}
          picker={picker}
          gateway={isSecureContext ? gatewayUrl : null}
        />
      </div>
    </Page>
  );
}
