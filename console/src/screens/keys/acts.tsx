import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Schemas } from '../../api/client.ts';
import { useHasRole, useSession } from '../../api/session.tsx';
import { Button } from '../../components/button.tsx';
import { LinkButton } from '../../components/link-button.tsx';
import { Card } from '../../components/page.tsx';
import type { Asked } from './act.ts';
import styles from './detail.module.css';

/** What the person may do about a key, each with what it is for. What its present state calls for stands above the page. */
export function Acts({ value, onAsk }: { value: Schemas['Key']; onAsk: (asked: Asked) => void }) {
  const t = useTranslations('keys.acts');
  const isAdmin = useHasRole('admin');
  const { person } = useSession();
  const may = new Set(value.actions);
  const isLive = value.state !== 'revoked';
  const mayApply = isLive && value.holder.id === person.id && person.roles.includes('applicant');
  const asks = [
    { id: 'rotation', name: 'rotate', isThere: may.has('rotation') },
    { id: 'suspension', name: 'suspend', isThere: may.has('suspension') },
    { id: 'leak', name: 'leak', isThere: may.has('leak') },
    { id: 'dgrk', name: 'dgrk', isThere: isAdmin && isLive },
    { id: 'revocation', name: 'revoke', isThere: may.has('revocation') },
  ] as const;
  const there = asks.filter(({ isThere }) => isThere);
  return (
    <Card title={t('title')}>
      {there.length === 0 && !mayApply && <p className={styles.soft}>{t('nothing')}</p>}
      <ul className={styles.acts}>
        {mayApply && (
          <Act title={t('change.name')} hint={t('change.hint')}>
            <LinkButton size="small" to="/applications/new" search={{ kind: 'update', key: value.id }}>
              {t('change.action')}
            </LinkButton>
          </Act>
        )}
        {there.map(({ id, name }) => (
          <Act key={id} title={t(`${name}.name`)} hint={t(`${name}.hint`)}>
            <Button size="small" onPress={() => onAsk(id)}>
              {t(`${name}.action`)}
            </Button>
          </Act>
        ))}
        {mayApply && (
          <Act title={t('end.name')} hint={t('end.hint')}>
            <LinkButton size="small" to="/applications/new" search={{ kind: 'revoke', key: value.id }}>
              {t('end.action')}
            </LinkButton>
          </Act>
        )}
      </ul>
    </Card>
  );
}

function Act({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  return (
    <li>
      <h3>{title}</h3>
      <p>{hint}</p>
      {children}
    </li>
  );
}
