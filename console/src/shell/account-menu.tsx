import { ChevronDown, LogOut, UserRound } from 'lucide-react';
import { useRef, useState } from 'react';
import {
  Button,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  type Selection,
} from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { useSession } from '../api/session.tsx';
import { useLocaleChoice } from '../i18n/i18n.tsx';
import type { Locale } from '../i18n/locale.ts';
import styles from './account-menu.module.css';
import { applyTheme, chosenTheme, type Theme, themes } from './theme.ts';

/** The one that is selected where one must be. */
const firstOf = (keys: Selection) => (keys === 'all' ? undefined : [...keys][0]);

const languageNames: Record<Locale, string> = { en: 'English', 'zh-TW': '繁體中文' };

/** Who is signed in, the language and the appearance of the page, and the way out. */
export function AccountMenu() {
  const t = useTranslations('shell');
  const { person } = useSession();
  const { locale, choose } = useLocaleChoice();
  const [theme, setTheme] = useState(chosenTheme);
  const signOut = useRef<HTMLFormElement>(null);
  return (
    <>
      <form ref={signOut} method="post" action="/session/sign-out" hidden />
      <MenuTrigger>
        <Button className={styles.button} aria-label={t('signedInAs', { name: person.name })}>
          <UserRound aria-hidden />
          <span>{person.name}</span>
          <ChevronDown aria-hidden />
        </Button>
        <Popover className={styles.popover}>
          <Menu
            className={styles.menu}
            aria-label={t('account')}
            onAction={(key) => key === 'sign-out' && signOut.current?.requestSubmit()}
          >
            <MenuSection
              selectionMode="single"
              selectedKeys={[locale]}
              disallowEmptySelection
              onSelectionChange={(keys) => void choose(firstOf(keys) as Locale)}
            >
              <Header>{t('language')}</Header>
              {Object.entries(languageNames).map(([id, name]) => (
                <MenuItem key={id} id={id} className={styles.item}>
                  {name}
                </MenuItem>
              ))}
            </MenuSection>
            <MenuSection
              selectionMode="single"
              selectedKeys={[theme]}
              disallowEmptySelection
              onSelectionChange={(keys) => {
                const chosen = firstOf(keys) as Theme;
                applyTheme(chosen);
                setTheme(chosen);
              }}
            >
              <Header>{t('appearance')}</Header>
              {themes.map((id) => (
                <MenuItem key={id} id={id} className={styles.item}>
                  {t(`themes.${id}`)}
                </MenuItem>
              ))}
            </MenuSection>
            <MenuItem id="sign-out" textValue={t('signOut')} className={styles.item}>
              <LogOut aria-hidden /> {t('signOut')}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
    </>
  );
}
