import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { sessionRenewed, useSessionEnded } from '../api/expiry.ts';
import { Button } from '../components/button.tsx';
import { Actions, Dialog } from '../components/dialog.tsx';
import { signedInPath, signInAddress, signInChannel } from './sign-in.ts';

/**
 * When the session ends under an open page: signing in again happens in a window of its own, so that nothing that was written
 * here is lost.
 */
export function SessionEnded() {
  const t = useTranslations('shell.ended');
  const hasEnded = useSessionEnded();
  const queries = useQueryClient();
  const [isWaiting, setWaiting] = useState(false);
  const [isPutAside, putAside] = useState(false);

  useEffect(() => {
    const channel = new BroadcastChannel(signInChannel);
    channel.addEventListener('message', () => {
      sessionRenewed();
      setWaiting(false);
      putAside(false);
      void queries.invalidateQueries();
    });
    return () => channel.close();
  }, [queries]);

  const signIn = () => {
    window.open(signInAddress(signedInPath), 'keygrant-sign-in', 'popup,width=480,height=720');
    setWaiting(true);
  };
  return (
    <Dialog title={t('title')} isOpen={hasEnded && !isPutAside} onClose={() => putAside(true)} mustDecide>
      <p>{isWaiting ? t('waiting') : t('words')}</p>
      <Actions>
        <Button variant="primary" onPress={signIn}>
          {t('action')}
        </Button>
      </Actions>
    </Dialog>
  );
}

/** The end of signing in again: tells the page that waits, and goes. */
export function SignedInAgain() {
  useEffect(() => {
    const channel = new BroadcastChannel(signInChannel);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origins
    channel.postMessage('done');
    channel.close();
    window.close();
  }, []);
  return null;
}
