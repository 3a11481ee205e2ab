import { useTranslations } from 'use-intl';
import { curlDgrkExample, curlExample } from '../../../../src/examples/curl.ts';
import { javascriptExample } from '../../../../src/examples/javascript.ts';
import { pythonExample } from '../../../../src/examples/python.ts';
import { Code } from '../../components/code.tsx';
import { Notice } from '../../components/notice.tsx';
import { Card } from '../../components/page.tsx';
import { Tabs } from '../../components/tabs.tsx';
import type { Call, Scheme } from './send.ts';
import styles from './try.module.css';

/** The call that is filled in, as code to take along; the secret is in none of it. */
export function Copies({
  call,
  apiKey,
  gateway,
  scheme,
}: {
  call: Call;
  apiKey: string;
  gateway: string;
  scheme: Scheme;
}) {
  const t = useTranslations('tryIt.copy');
  const isDgrk = scheme === 'dgrk';
  const environment = `export GATEWAY='${gateway}'\nexport API_KEY='${apiKey}'\nread -rs SECRET_KEY && export SECRET_KEY`;
  const message = (code: string) => (
    <div className={styles.part}>
      {isDgrk && <Notice>{t('onlyMessage')}</Notice>}
      <Code label={t('title')} hideLabel isWrapped={false} text={code} />
    </div>
  );
  return (
    <Card title={t('title')}>
      <p>{t('words')}</p>
      <Code label={t('environment')} isWrapped={false} text={environment} />
      <Tabs
        label={t('title')}
        tabs={[
          {
            id: 'curl',
            name: t('curl'),
            content:
              isDgrk && call.body === '' ? (
                <Code label={t('curl')} hideLabel isWrapped={false} text={curlDgrkExample(call)} />
              ) : (
                message(curlExample(call))
              ),
          },
          { id: 'javascript', name: t('javascript'), content: message(javascriptExample(call)) },
          { id: 'python', name: t('python'), content: message(pythonExample(call)) },
        ]}
      />
    </Card>
  );
}
