import { useFormatter, useTranslations } from 'use-intl';
import { Card } from '../../components/page.tsx';
import { Day } from '../../components/time.tsx';
import { type Content, contentOfKey, differing, type Key } from './content.ts';
import styles from './form.module.css';

/** What an update changes of a key, as it is written now. */
export function KeyChanges({
  subject,
  content,
  nameOf,
}: {
  subject: Key;
  content: Content;
  nameOf: (api: string) => string;
}) {
  const t = useTranslations('apply');
  const show = useShown();
  const before = contentOfKey(subject);
  const changed = differing(before, { ...content, description: null });
  const added = content.apiIds.filter((id) => !before.apiIds.includes(id));
  const removed = before.apiIds.filter((id) => !content.apiIds.includes(id));
  return (
    <Card title={t('changes.title')}>
      {changed.length === 0 && <p className={styles.soft}>{t('changes.none')}</p>}
      <dl className={styles.changes}>
        {changed.map((field) => (
          <div key={field}>
            <dt>{t(`fields.${field}`)}</dt>
            {field === 'apiIds' ? (
              <>
                {added.map((id) => (
                  <dd key={id}>
                    <ins>{nameOf(id)}</ins> <small>{t('changes.added')}</small>
                  </dd>
                ))}
                {removed.map((id) => (
                  <dd key={id}>
                    <del>{nameOf(id)}</del> <small>{t('changes.removed')}</small>
                  </dd>
                ))}
              </>
            ) : (
              <dd>
                {show(field, content)}{' '}
                <small>{t.rich('changes.was', { value: () => show(field, before) })}</small>
              </dd>
            )}
          </div>
        ))}
      </dl>
    </Card>
  );
}

/** A field's value as people read it. */
function useShown() {
  const t = useTranslations('common');
  const format = useFormatter();
  return (field: Exclude<keyof Content, 'apiIds'>, content: Content) => {
    const value = content[field];
    if (value === null) return '–';
    if (field === 'effectiveOn' || field === 'expiresOn') return <Day on={String(value)} />;
    if (field === 'quota') return value === -1 ? t('unlimited') : format.number(Number(value));
    return String(value);
  };
}
