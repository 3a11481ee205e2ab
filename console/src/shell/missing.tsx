import { SearchX } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { LinkButton } from '../components/link-button.tsx';
import { Blank } from '../components/outcomes.tsx';

/** For an address that there is not. */
export function Missing() {
  const t = useTranslations();
  return (
    <Blank
      icon={<SearchX aria-hidden />}
      title={t('common.failed.notFoundTitle')}
      heading="h1"
      actions={<LinkButton to="/applications">{t('shell.sections.applications')}</LinkButton>}
    >
      {t('common.failed.notFound')}
    </Blank>
  );
}
