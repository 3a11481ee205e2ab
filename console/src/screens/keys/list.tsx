import { useTranslations } from 'use-intl';
import { Page } from '../../components/page.tsx';

export function KeyList() {
  const t = useTranslations('shell.sections');
  return <Page title={t('keys')}>{null}</Page>;
}
