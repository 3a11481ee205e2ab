import { useTranslations } from 'use-intl';
import { Page } from '../../components/page.tsx';

export function ReviewInbox() {
  const t = useTranslations('shell.sections');
  return <Page title={t('reviews')}>{null}</Page>;
}
