import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Check, KeyRound, Send, UserRound } from 'lucide-react';
import { useFormatter, useTranslations } from 'use-intl';
import { rest, type Schemas } from '../../api/client.ts';
import { useSession } from '../../api/session.tsx';
import { useDeliveryDelay } from '../../components/delay.ts';
import { Notice } from '../../components/notice.tsx';
import { Card } from '../../components/page.tsx';
import type { Application, Kind } from './content.ts';
import styles from './preview.module.css';

type Preview = Schemas['Preview'];

/** What the saved draft would need if it were submitted now. */
export function usePreview(view: Application | undefined) {
  const { data } = useQuery({
    queryKey: ['preview', view?.id, view?.revision],
    enabled: view !== undefined,
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const { data: preview } = await rest.GET('/v1/applications/{id}/preview', {
        params: { path: { id: view?.id ?? '' } },
      });
      return preview ?? null;
    },
  });
  return view ? (data ?? undefined) : undefined;
}

/** Who will have to approve, in order, and what comes of it. */
export function WhatHappensNext({ kind, preview }: { kind: Kind; preview: Preview | undefined }) {
  const t = useTranslations('apply.preview');
  return (
    <Card title={t('title')}>
      {preview ? <Steps kind={kind} preview={preview} /> : <p className={styles.soft}>{t('later')}</p>}
    </Card>
  );
}

function Steps({ kind, preview }: { kind: Kind; preview: Preview }) {
  const t = useTranslations('apply.preview');
  const words = useTranslations('common');
  const whom = useWhom();
  const outcome = useOutcome(kind);
  const format = useFormatter();
  const { levels, mailWouldLeaveAt, trouble } = preview;
  return (
    <>
      <ol className={styles.steps}>
        <li>
          <Send aria-hidden />
          <p>{t('submit')}</p>
        </li>
        {levels.map((level) => (
          <li key={level.level} data-skipped={level.skipped !== null}>
            <UserRound aria-hidden />
            <p>
              {words('level', { level: String(level.level) })}: {level.name}
              <small>
                {level.skipped === null
                  ? t('who', { people: whom(level) })
                  : t('skipped', { why: level.skipped })}
              </small>
            </p>
          </li>
        ))}
        <li>
          {kind === 'apply' ? <KeyRound aria-hidden /> : <Check aria-hidden />}
          <p>
            {outcome}
            {mailWouldLeaveAt && (
              <small>
                {t('mailNow', {
                  at: format.dateTime(new Date(mailWouldLeaveAt), {
                    dateStyle: 'medium',
                    timeStyle: 'short',
                  }),
                })}
              </small>
            )}
          </p>
        </li>
      </ol>
      {trouble && (
        <Notice tone="wait" title={t('trouble')}>
          {trouble}
        </Notice>
      )}
    </>
  );
}

/** Who may decide a level: `Ben Okri or Bea`, `2 of Ben Okri and Bea`. */
export function useWhom(): (level: Preview['levels'][number]) => string {
  const t = useTranslations('apply.preview');
  const format = useFormatter();
  return ({ people, approvals }) => {
    const names = people.map(({ name }) => name);
    if (names.length === 0) return t('nobody');
    if (approvals > 1) return t('several', { approvals, people: format.list(names) });
    return format.list(names, { type: 'disjunction' });
  };
}

/** What the last approval brings. */
function useOutcome(kind: Kind): string {
  const t = useTranslations('apply.preview');
  const delay = useDeliveryDelay();
  const { service } = useSession();
  if (kind === 'update') return t('changed');
  if (kind === 'revoke') return t('revoked');
  return t(`${service.delivery}.${delay === undefined ? 'now' : 'later'}`, { delay: delay ?? '' });
}
