import { useTranslations } from 'use-intl';
import { Page } from '../../components/page.tsx';

export function TryIt() {
  const t = useTranslations('shell.sections');
  return <Page title={t('try')}>{null}</Page>;
}
