import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Code } from '../../components/code.tsx';
import { Notice } from '../../components/notice.tsx';
import { Card } from '../../components/page.tsx';
import type { Answer, Outcome, Sent } from './send.ts';
import styles from './try.module.css';

/** As much of a body as is shown. */
const shownLength = 20_000;

/** What came of a call: whether it passed, or why not and what to do; then the answer, the request, and what was signed. */
export function OutcomeShown({ outcome, keyId }: { outcome: Outcome; keyId: string }) {
  const t = useTranslations('tryIt.outcome');
  const { sent } = outcome;
  return (
    <Card title={t('title')}>
      <Verdict outcome={outcome} keyId={keyId} />
      {'answer' in outcome && <AnswerShown answer={outcome.answer} />}
      <Code label={t('request')} text={requestText(sent)} />
      <div className={styles.part}>
        <Code label={t('base')} text={sent.base} />
        <p className={styles.name}>{t(sent.scheme === 'dgrk' ? 'baseDgrk' : 'baseHint')}</p>
      </div>
    </Card>
  );
}

function Verdict({ outcome, keyId }: { outcome: Outcome; keyId: string }) {
  const t = useTranslations('tryIt.outcome');
  const reasons = useTranslations('tryIt.refusals');
  switch (outcome.kind) {
    case 'passed': {
      const { status, ms } = outcome.answer;
      return (
        <Notice tone="good" title={t('passed')}>
          <p>
            {status < 400
              ? t('passedWords', { status: String(status), ms })
              : t('passedBut', { status: String(status) })}
          </p>
        </Notice>
      );
    }
    case 'redirected':
      return (
        <Notice tone="good" title={t('passed')}>
          <p>{t('redirect')}</p>
        </Notice>
      );
    case 'unreachable':
      return (
        <Notice tone="bad" title={t('unreachable')}>
          <p>
            {t('unreachableWords', {
              gateway: new URL(outcome.sent.url).origin,
              origin: location.origin,
            })}
          </p>
        </Notice>
      );
    case 'refused':
    case 'undelivered': {
      const { reason, detail, requestId } = outcome;
      const isRefused = outcome.kind === 'refused';
      return (
        <Notice tone={isRefused ? 'bad' : 'wait'} title={`${t(outcome.kind)}: ${reasons(`${reason}.why`)}`}>
          {reason === 'other' && <p>{detail}</p>}
          <p>
            {t('todo')}: {reasons(`${reason}.todo`)}
          </p>
          <small>
            {t('finds', { id: requestId })}{' '}
            {isRefused && (
              <Link to="/keys/$id" params={{ id: keyId }}>
                {t('theKey')}
              </Link>
            )}
          </small>
        </Notice>
      );
    }
  }
}

/** Headers that say something about the call; the rest is the transport's. */
const telling = /^(content-type|location|retry-after|x-request-id|www-authenticate|(x-)?ratelimit.*|etag)$/;

function AnswerShown({ answer }: { answer: Answer }) {
  const t = useTranslations('tryIt.outcome');
  const body = pretty(answer.body);
  return (
    <div className={styles.part}>
      <h3>
        {t('answer')} {answer.status}
      </h3>
      <dl className={styles.facts}>
        {answer.headers
          .filter(([name]) => telling.test(name))
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {body === '' ? (
        <p className={styles.name}>{t('noBody')}</p>
      ) : (
        <Code label={t('answer')} hideLabel text={body.slice(0, shownLength)} />
      )}
      {body.length > shownLength && <p className={styles.name}>{t('tooLong', { count: shownLength })}</p>}
    </div>
  );
}

/** JSON with its lines; anything else as it came. */
function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** The request as it goes over the wire; the host is the browser's to add. */
function requestText({ method, url, headers, body }: Sent): string {
  const { host, pathname, search } = new URL(url);
  const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${pathname}${search}`, ...lines, ...(body ? ['', body] : [])].join('\n');
}
