import { useTranslations } from 'use-intl';
import { Changes } from '../../components/changes.tsx';
import { Card } from '../../components/page.tsx';
import { type Application, type Content, contentOfKey, differing, type Key } from './content.ts';

/** What an update changes of a key, as it is written now. */
export function KeyChanges({
  subject,
  content,
  known,
}: {
  subject: Key;
  content: Content;
  known: Application['apis'];
}) {
  const t = useTranslations('apply.changes');
  const before = contentOfKey(subject);
  // A key has no description.
  const changed = differing(before, { ...content, description: null });
  const fields = changed.map((field) => ({ field, before: before[field], after: content[field] }));
  return (
    <Card title={t('title')}>
      {fields.length === 0 ? (
        <p>{t('none')}</p>
      ) : (
        <Changes
          application={{ changes: [{ comparedWith: 'key', fields }], apis: known, client: subject.client }}
        />
      )}
    </Card>
  );
}
