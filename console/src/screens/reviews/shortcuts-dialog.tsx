import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Dialog } from '../../components/dialog.tsx';
import { Checkbox } from '../../components/fields.tsx';
import { useSingleKeys } from '../../components/shortcuts.ts';
import styles from './shortcuts-dialog.module.css';

/** What the keyboard can do on the pages of reviewers. */
export function ShortcutsDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useTranslations('reviews.shortcuts');
  const [isOn, set] = useSingleKeys();
  const keys: (readonly [ReactNode, string])[] = [
    [<Keys key="next" of={['j', 'k']} />, t('next')],
    [<Keys key="open" of={['Enter']} />, t('open')],
    [<Keys key="select" of={['Space']} />, t('select')],
    [<Keys key="all" of={['Ctrl+A']} />, t('selectAll')],
    [<Keys key="verdict" of={['a', 'r', 'd']} />, t('approve')],
    [<Keys key="comment" of={['c']} />, t('comment')],
    [<Keys key="send" of={['Ctrl+Enter']} />, t('send')],
    [<Keys key="inbox" of={['u']} />, t('inbox')],
    [<Keys key="help" of={['?']} />, t('help')],
  ];
  return (
    <Dialog title={t('title')} isOpen={isOpen} onClose={onClose}>
      <dl className={styles.shortcuts}>
        {keys.map(([key, meaning]) => (
          <div key={meaning}>
            <dt>{key}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <Checkbox isSelected={isOn} onChange={set}>
        {t('enabled')}
      </Checkbox>
    </Dialog>
  );
}

function Keys({ of }: { of: readonly string[] }) {
  return of.map((key) => <kbd key={key}>{key}</kbd>);
}
