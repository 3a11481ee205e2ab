import { useTranslations } from 'use-intl';
import { Page } from '../../components/page.tsx';

export function Setup() {
  const t = useTranslations('shell.sections');
  return <Page title={t('setup')}>{null}</Page>;
}
