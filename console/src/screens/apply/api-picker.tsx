import { keepPreviousData } from '@tanstack/react-query';
import { Check, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import {
  Autocomplete,
  Button as Bare,
  ListBox,
  ListBoxItem,
  type Selection,
  Tag,
  TagGroup,
  TagList,
} from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { api, pages, type Schemas } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { SearchField } from '../../components/fields.tsx';
import { useSettled } from '../../components/settled.ts';
import styles from './api-picker.module.css';
import type { Application } from './content.ts';

type Api = Schemas['Api'];
export type KnownApi = Application['apis'][number];

/**
 * Chooses APIs from the registry: the server searches as one types, arrow keys and Enter choose without leaving the search, and
 * what is chosen stands above it whatever is searched for.
 * @param known what is known of those that are chosen
 * @param onSeen told of those that were found, so that they can be named afterwards
 */
export function ApiPicker({
  label,
  describedBy,
  chosen,
  known,
  onSeen,
  onChange,
}: {
  label: string;
  describedBy: string;
  chosen: readonly string[];
  known: readonly KnownApi[];
  onSeen: (found: KnownApi[]) => void;
  onChange: (chosen: string[]) => void;
}) {
  const t = useTranslations('apply.apis');
  const common = useTranslations('common');
  const [text, setText] = useState('');
  const wanted = useSettled(text.trim());
  const listing = api.useInfiniteQuery(
    'get',
    '/v1/apis',
    { params: { query: { q: wanted, limit: 50 } } },
    { ...pages, placeholderData: keepPreviousData },
  );
  const found: Api[] = listing.data?.pages.flatMap(({ items }) => items) ?? [];
  useEffect(() => onSeen(listing.data?.pages.flatMap(({ items }) => items) ?? []), [listing.data, onSeen]);

  const select = (selection: Selection) =>
    onChange(
      selection === 'all'
        ? [...new Set([...chosen, ...found.filter(isOn).map(({ id }) => id)])]
        : [...selection].map(String),
    );
  return (
    <div className={styles.picker}>
      <p className={styles.count}>{t('chosen', { count: chosen.length })}</p>
      {chosen.length > 0 && (
        <TagGroup
          aria-label={t('chosen', { count: chosen.length })}
          onRemove={(removed) => onChange(chosen.filter((id) => !removed.has(id)))}
        >
          <TagList className={styles.tags}>
            {chosen.map((id) => {
              const { name = id, method = '', path = '' } = known.find((each) => each.id === id) ?? {};
              return (
                <Tag key={id} id={id} textValue={`${name} ${method} ${path}`.trim()} className={styles.tag}>
                  <span>
                    {name} <code>{`${method} ${path}`.trim()}</code>
                  </span>
                  <Bare slot="remove" className={styles.remove}>
                    <X aria-hidden />
                  </Bare>
                </Tag>
              );
            })}
          </TagList>
        </TagGroup>
      )}
      <Autocomplete inputValue={text} onInputChange={setText}>
        <SearchField overList label={t('search')} aria-describedby={describedBy} />
        <ListBox<Api>
          aria-label={`${label}: ${t('list')}`}
          items={found}
          selectionMode="multiple"
          selectedKeys={chosen}
          onSelectionChange={select}
          disabledKeys={found.filter((each) => !isOn(each)).map(({ id }) => id)}
          escapeKeyBehavior="none"
          className={styles.list}
          renderEmptyState={() => (
            <p className={styles.empty}>
              {listing.isPending ? common('loading') : wanted ? t('none', { text: wanted }) : t('empty')}
            </p>
          )}
        >
          {(each) => (
            <ListBoxItem
              id={each.id}
              textValue={`${each.name} ${each.method} ${each.path}`}
              className={styles.item}
            >
              {({ isSelected }) => (
                <>
                  <span className={styles.box} aria-hidden>
                    {isSelected && <Check />}
                  </span>
                  <span className={styles.name}>
                    {each.name}
                    {!isOn(each) && <small> {t('disabled')}</small>}
                  </span>
                  <code className={styles.route}>
                    <b>{each.method}</b> {each.path}
                  </code>
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Autocomplete>
      {listing.hasNextPage && (
        <Button
          size="small"
          isPending={listing.isFetchingNextPage}
          onPress={() => void listing.fetchNextPage()}
        >
          {common('loadMore')}
        </Button>
      )}
    </div>
  );
}

function isOn({ enabled }: Api): boolean {
  return enabled !== false;
}
