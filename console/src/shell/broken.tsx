import { onlineManager } from '@tanstack/react-query';
import { CloudOff, TriangleAlert } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { connectionLost } from '../api/connection.ts';
import { Button } from '../components/button.tsx';
import { Blank } from '../components/outcomes.tsx';
import { ScreenMissing } from './screen.ts';

const kept = 'keygrant-loaded-anew';
/** How long the page is not loaded anew by itself after it was: what is missing then is not there at all. */
const restMs = 30_000;

/** In place of a screen that did not arrive, or that failed while it was drawn. */
export function Broken({ error }: { error: unknown }) {
  const t = useTranslations('common');
  const isMissing = error instanceof ScreenMissing;
  useEffect(() => (isMissing ? reloadOnceHeard() : undefined), [isMissing]);
  return (
    <Blank
      icon={isMissing ? <CloudOff aria-hidden /> : <TriangleAlert aria-hidden />}
      title={t('failed.title')}
      heading="h1"
      actions={<Button onPress={() => location.reload()}>{t('retry')}</Button>}
    >
      {t(isMissing ? 'failed.offline' : 'failed.broken')}
    </Blank>
  );
}

/** Browsers remember that a module could not be loaded, so only the page as a whole can be loaded again. */
function reloadOnceHeard(): () => void {
  const reload = () => {
    if (Date.now() - Number(sessionStorage.getItem(kept)) < restMs) return;
    sessionStorage.setItem(kept, String(Date.now()));
    location.reload();
  };
  void fetch('/readyz', { cache: 'no-store' }).then(reload, connectionLost);
  return onlineManager.subscribe((isOnline) => isOnline && reload());
}
