import { CalendarClock, Inbox, Keyboard } from 'lucide-react';
import { useRef, useState } from 'react';
import { GridList, GridListItem } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import type { Schemas } from '../../api/client.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Checkbox } from '../../components/fields.tsx';
import { LinkButton } from '../../components/link-button.tsx';
import { Blank, Failed, Skeleton } from '../../components/outcomes.tsx';
import { Page } from '../../components/page.tsx';
import { pressArrow, useShortcuts } from '../../components/shortcuts.ts';
import { Ago, Day } from '../../components/time.tsx';
import { BulkDecision } from './bulk-decision.tsx';
import styles from './inbox.module.css';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { StandIns } from './stand-ins.tsx';
import { useInbox } from './waiting-list.ts';

type Summary = Schemas['ApplicationSummary'];

/** The most that the API decides at once. */
const most = 50;

/** A reviewer's inbox: everything that waits for them, to be opened, or decided together. */
export function ReviewInbox() {
  const t = useTranslations('reviews');
  const common = useTranslations('common');
  const inbox = useInbox();
  const list = useRef<HTMLDivElement>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [isDeciding, setDeciding] = useState(false);
  const [isHelping, setHelping] = useState(false);
  const rows = inbox.data?.pages.flatMap(({ items }) => items) ?? [];
  // What somebody else has decided meanwhile is no longer there to be selected.
  const chosen = rows.filter(({ id }) => selected.has(id)).slice(0, most);

  const move = (key: 'ArrowDown' | 'ArrowUp') => {
    if (list.current?.contains(document.activeElement)) pressArrow(key);
    else list.current?.querySelector<HTMLElement>('[role=row]')?.focus();
  };
  useShortcuts({
    j: () => move('ArrowDown'),
    k: () => move('ArrowUp'),
    '?': () => setHelping(true),
  });

  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <>
          <LinkButton to="/reviews/delegations" icon={<CalendarClock aria-hidden />}>
            {t('away')}
          </LinkButton>
          <Button variant="quiet" icon={<Keyboard aria-hidden />} onPress={() => setHelping(true)}>
            {t('keyboard')} <kbd>?</kbd>
          </Button>
        </>
      }
    >
      <StandIns />
      {inbox.isPending ? (
        <Skeleton lines={8} />
      ) : inbox.error && rows.length === 0 ? (
        <Failed error={inbox.error} retry={inbox.refetch} />
      ) : rows.length === 0 ? (
        <Blank
          icon={<Inbox aria-hidden />}
          title={t('empty.title')}
          actions={<LinkButton to="/history">{t('empty.history')}</LinkButton>}
        >
          {t('empty.words')}
        </Blank>
      ) : (
        <div className={styles.inbox}>
          <Checkbox
            isSelected={chosen.length === rows.length}
            isIndeterminate={chosen.length > 0 && chosen.length < rows.length}
            onChange={(all) => setSelected(new Set(all ? rows.map(({ id }) => id) : []))}
          >
            {t('selectAll')}
          </Checkbox>
          <GridList
            ref={list}
            aria-label={t('list')}
            items={rows}
            selectionMode="multiple"
            selectedKeys={selected}
            onSelectionChange={(keys) =>
              setSelected(new Set(keys === 'all' ? rows.map(({ id }) => id) : [...keys].map(String)))
            }
            disallowTypeAhead
            className={styles.list}
          >
            {(row) => <Row row={row} />}
          </GridList>
          {inbox.hasNextPage && (
            <Button isPending={inbox.isFetchingNextPage} onPress={() => void inbox.fetchNextPage()}>
              {common('loadMore')}
            </Button>
          )}
          {chosen.length > 0 && (
            <div className={styles.bar}>
              <p aria-live="polite">{t('selected', { count: chosen.length })}</p>
              {selected.size > most && <small>{t('tooMany', { most })}</small>}
              <Button variant="quiet" onPress={() => setSelected(new Set())}>
                {t('unselect')}
              </Button>
              <Button variant="primary" onPress={() => setDeciding(true)}>
                {t('together')}
              </Button>
            </div>
          )}
        </div>
      )}
      {isDeciding && (
        <BulkDecision
          ids={chosen.map(({ id }) => id)}
          onClose={() => {
            setDeciding(false);
            setSelected(new Set());
            document.getElementById('content')?.focus();
          }}
          onCancel={() => setDeciding(false)}
        />
      )}
      <ShortcutsDialog isOpen={isHelping} onClose={() => setHelping(false)} />
    </Page>
  );
}

function Row({ row }: { row: Summary }) {
  const t = useTranslations('reviews');
  const words = useTranslations();
  const { id, kind, keyName, client, applicant, level, effectiveOn, expiresOn, quota, stateSince, dueAt } =
    row;
  const name = keyName ?? words('applications.unnamed');
  return (
    <GridListItem id={id} textValue={name} href={`/reviews/${id}`} className={styles.row}>
      <Checkbox slot="selection">{''}</Checkbox>
      <div className={styles.what}>
        <strong>{name}</strong>
        <span>
          {client?.name} · {t('by', { name: applicant.name })}
        </span>
      </div>
      <div className={styles.kind}>
        <Badge tone={kind === 'revoke' ? 'bad' : kind === 'update' ? 'info' : 'neutral'}>
          {words(`states.kind.${kind}`)}
        </Badge>
        {level !== null && <span>{words('common.level', { level: String(level) })}</span>}
      </div>
      <div className={styles.extent}>
        {kind !== 'revoke' && (
          <>
            <span>
              {quota === -1 || quota === null
                ? words('common.unlimited')
                : words('common.calls', { count: quota })}
            </span>
            <span>
              {effectiveOn && <Day on={effectiveOn} />} – {expiresOn && <Day on={expiresOn} />}
            </span>
          </>
        )}
      </div>
      <div className={styles.when}>
        <span>
          <Ago at={stateSince} />
        </span>
        {dueAt && <span className={styles.due}>{t.rich('due', { ago: () => <Ago at={dueAt} /> })}</span>}
      </div>
    </GridListItem>
  );
}
