import type { ReactNode } from 'react';
import { Cell, Column, Row, Table, TableBody, TableHeader } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';
import styles from './data-table.module.css';
import { Failed, Skeleton } from './outcomes.tsx';

export interface DataColumn<T> {
  id: string;
  name: string;
  cell: (row: T) => ReactNode;
  /** Names the row for screen readers; exactly one column. */
  isRowHeader?: boolean;
  align?: 'end';
}

/** What an infinite query of a list answers, as far as a table shows it. */
export interface Listing<T> {
  data?: { pages: { items: T[] }[] } | undefined;
  error: unknown;
  isPending: boolean;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

/**
 * A list from the API, page by page: rows that lead somewhere, cards on a narrow screen. Says itself when it loads, failed, or
 * has nothing (`empty`: the next step in place of rows).
 */
export function DataTable<T extends { id: string }>({
  label,
  columns,
  listing,
  hrefOf,
  onOpen,
  empty,
  selection,
}: {
  label: string;
  columns: readonly DataColumn<T>[];
  listing: Listing<T>;
  hrefOf?: (row: T) => string;
  /** Opens a row here, where it has no page of its own. */
  onOpen?: (row: T) => void;
  empty: ReactNode;
  selection?: { selected: ReadonlySet<string>; onChange: (selected: Set<string>) => void };
}) {
  const t = useTranslations('common');
  const rows = listing.data?.pages.flatMap((page) => page.items) ?? [];
  if (listing.isPending) return <Skeleton lines={8} />;
  if (listing.error && rows.length === 0) return <Failed error={listing.error} retry={listing.refetch} />;
  if (rows.length === 0) return empty;
  return (
    <div className={styles.list}>
      <Table
        aria-label={label}
        className={styles.table}
        {...(selection && {
          selectionMode: 'multiple' as const,
          selectedKeys: selection.selected,
          onSelectionChange: (keys) =>
            selection.onChange(new Set(keys === 'all' ? rows.map(({ id }) => id) : [...keys].map(String))),
        })}
      >
        <TableHeader>
          {columns.map(({ id, name, isRowHeader = false, align }) => (
            <Column key={id} id={id} isRowHeader={isRowHeader} className={align === 'end' ? styles.end : ''}>
              {name}
            </Column>
          ))}
        </TableHeader>
        <TableBody>
          {rows.map((row) => (
            <Row
              key={row.id}
              id={row.id}
              {...(hrefOf && { href: hrefOf(row) })}
              {...(onOpen && { onAction: () => onOpen(row) })}
            >
              {columns.map(({ id, name, cell, align }) => (
                <Cell key={id} className={align === 'end' ? styles.end : ''}>
                  <span className={styles.name} aria-hidden>
                    {name}
                  </span>
                  {cell(row)}
                </Cell>
              ))}
            </Row>
          ))}
        </TableBody>
      </Table>
      {listing.hasNextPage && (
        <Button isPending={listing.isFetchingNextPage} onPress={() => void listing.fetchNextPage()}>
          {t('loadMore')}
        </Button>
      )}
    </div>
  );
}
