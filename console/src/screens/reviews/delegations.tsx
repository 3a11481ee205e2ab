import { type CalendarDate, getLocalTimeZone, parseDate, today } from '@internationalized/date';
import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { api, pages, type Schemas } from '../../api/client.ts';
import { serverNow } from '../../api/connection.ts';
import { ProblemError, violationsOf } from '../../api/problem.ts';
import { useSession } from '../../api/session.tsx';
import { Back } from '../../components/back.tsx';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { ColleagueField } from '../../components/colleague-field.tsx';
import { DateField } from '../../components/date-field.tsx';
import { Actions, Confirm } from '../../components/dialog.tsx';
import { TextField } from '../../components/fields.tsx';
import { Notice } from '../../components/notice.tsx';
import { Failed, Refused, Skeleton } from '../../components/outcomes.tsx';
import { Card, Page } from '../../components/page.tsx';
import { Moment } from '../../components/time.tsx';
import { tell } from '../../components/toasts.ts';
import styles from './delegations.module.css';
import { useSettle } from './waiting-list.ts';

type Delegation = Schemas['Delegation'];

/** Who decides in whose place: to give a delegation, to see those there are, to end one. */
export function Delegations() {
  const t = useTranslations('reviews');
  return (
    <Page
      title={t('delegations.title')}
      lead={t('delegations.lead')}
      width="text"
      above={<Back to="/reviews">{t('title')}</Back>}
    >
      <Give />
      <Given />
    </Page>
  );
}

/** The moment at which a day begins where the person is. */
const begin = (day: CalendarDate) => day.toDate(getLocalTimeZone()).toISOString();

/** The form for those who review; only they may look for colleagues. */
function Give() {
  const t = useTranslations('reviews.delegations');
  const { error } = api.useQuery('get', '/v1/colleagues', { params: { query: { limit: 20 } } });
  return error instanceof ProblemError && error.status === 403 ? (
    <Notice>{t('reviewersOnly')}</Notice>
  ) : (
    <Form />
  );
}

function Form() {
  const t = useTranslations('reviews.delegations');
  const format = useFormatter();
  const settle = useSettle();
  const { person } = useSession();
  const now = today(getLocalTimeZone());
  const [deputy, setDeputy] = useState<{ id: string; name: string } | null>(null);
  const [from, setFrom] = useState<string | null>(now.toString());
  const [to, setTo] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [isChecked, setChecked] = useState(false);
  const give = api.useMutation('post', '/v1/delegations');
  const refused = violationsOf(give.error);
  const first = from ? parseDate(from) : now;
  const isBefore = from !== null && to !== null && to < from;

  const send = async () => {
    setChecked(true);
    if (!deputy || !to || isBefore) return;
    const answer = await give
      .mutateAsync({
        body: {
          deputyId: deputy.id,
          // Today begins now: a moment that has passed would say something of the time before.
          ...(first.compare(now) > 0 && { startsAt: begin(first) }),
          endsAt: begin(parseDate(to).add({ days: 1 })),
          ...(reason.trim() !== '' && { reason }),
        },
      })
      .catch(() => undefined);
    if (!answer) return;
    const day = (text: string) =>
      format.dateTime(parseDate(text).toDate('UTC'), { dateStyle: 'medium', timeZone: 'UTC' });
    tell(t('given', { name: answer.deputy.name, from: day(first.toString()), to: day(to) }));
    setDeputy(null);
    setTo(null);
    setReason('');
    setChecked(false);
    await settle();
  };
  return (
    <Card>
      <ColleagueField
        label={t('deputy')}
        hint={t('deputyHint')}
        error={(isChecked && !deputy ? t('required') : undefined) ?? refused['deputyId']}
        except={person.id}
        value={deputy}
        onChange={setDeputy}
      />
      <div className={styles.days}>
        <DateField
          label={t('from')}
          value={from}
          onChange={setFrom}
          min={now.toString()}
          error={refused['startsAt']}
        />
        <DateField
          label={t('to')}
          hint={t('toHint')}
          value={to}
          onChange={setTo}
          min={first.toString()}
          max={first.add({ days: 364 }).toString()}
          error={
            (isBefore ? t('before') : undefined) ??
            (isChecked && !to ? t('required') : undefined) ??
            refused['endsAt']
          }
          presets={[
            { name: t('week'), value: first.add({ days: 6 }).toString() },
            { name: t('twoWeeks'), value: first.add({ days: 13 }).toString() },
          ]}
        />
      </div>
      <TextField
        label={t('reason')}
        hint={t('reasonHint')}
        optional
        value={reason}
        onChange={setReason}
        maxLength={255}
        error={refused['reason']}
      />
      <Refused error={give.error} />
      <Actions>
        <Button variant="primary" isPending={give.isPending} onPress={() => void send()}>
          {t('give')}
        </Button>
      </Actions>
    </Card>
  );
}

function Given() {
  const t = useTranslations('reviews.delegations');
  const common = useTranslations('common');
  const settle = useSettle();
  const { person } = useSession();
  const [ending, setEnding] = useState<Delegation>();
  const listing = api.useInfiniteQuery('get', '/v1/delegations', { params: { query: {} } }, pages);
  const end = api.useMutation('post', '/v1/delegations/{id}/end');
  const items = listing.data?.pages.flatMap((page) => page.items) ?? [];
  const now = serverNow().toISOString();
  const stateOf = ({ startsAt, endsAt }: Delegation) =>
    endsAt <= now ? 'over' : startsAt > now ? 'ahead' : 'now';
  return (
    <Card title={t('list')}>
      {listing.isPending ? (
        <Skeleton />
      ) : listing.error && items.length === 0 ? (
        <Failed error={listing.error} retry={listing.refetch} />
      ) : items.length === 0 ? (
        <p>{t('empty')}</p>
      ) : (
        <ul className={styles.list} aria-label={t('list')}>
          {items.map((each) => {
            const { id, delegator, deputy, startsAt, endsAt, reason } = each;
            const state = stateOf(each);
            return (
              <li key={id} data-over={state === 'over'}>
                <div className={styles.who}>
                  <strong>
                    {delegator.id === person.id
                      ? t('yours', { deputy: deputy.name })
                      : deputy.id === person.id
                        ? t('theirs', { delegator: delegator.name })
                        : t('others', { deputy: deputy.name, delegator: delegator.name })}
                  </strong>
                  <Badge tone={state === 'now' ? 'good' : 'neutral'}>{t(`states.${state}`)}</Badge>
                </div>
                <small>
                  {t.rich('period', {
                    from: () => <Moment at={startsAt} />,
                    until: () => <Moment at={endsAt} />,
                  })}
                  {reason && ` · ${reason}`}
                </small>
                {state !== 'over' && deputy.id !== person.id && (
                  <Button size="small" onPress={() => setEnding(each)}>
                    {t('end')}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {listing.hasNextPage && (
        <Button isPending={listing.isFetchingNextPage} onPress={() => void listing.fetchNextPage()}>
          {common('loadMore')}
        </Button>
      )}
      <Confirm
        title={t('endTitle')}
        action={t('end')}
        isOpen={ending !== undefined}
        onClose={() => setEnding(undefined)}
        onConfirm={async () => {
          await end.mutateAsync({ params: { path: { id: ending?.id ?? '' } } });
          await settle();
          tell(t('ended'));
        }}
      >
        {ending && <p>{t('endWords', { deputy: ending.deputy.name, delegator: ending.delegator.name })}</p>}
      </Confirm>
    </Card>
  );
}
