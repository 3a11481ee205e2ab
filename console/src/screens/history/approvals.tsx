import { useTranslations } from 'use-intl';
import { Page } from '../../components/page.tsx';

export function ApprovalHistory() {
  const t = useTranslations('shell.sections');
  return <Page title={t('history')}>{null}</Page>;
}
