import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { rest } from '../api/client.ts';
import { sessionRenewed, useSessionEnded } from '../api/expiry.ts';
import { useSession } from '../api/session.tsx';
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
  const { person } = useSession();
  const queries = useQueryClient();
  const [isWaiting, setWaiting] = useState(false);

  useEffect(() => {
    const channel = new BroadcastChannel(signInChannel);
    channel.addEventListener('message', () => {
      setWaiting(false);
      void rest.GET('/v1/session').then(({ data }) => {
        // Whoever else signs in must not go on with what the first one wrote.
        if (data?.person.id !== person.id) return location.reload();
        sessionRenewed();
        return queries.invalidateQueries();
      });
    });
    return () => channel.close();
  }, [queries, person.id]);

  const signIn = () => {
    window.open(signInAddress(signedInPath), 'keygrant-sign-in', 'popup,width=480,height=720');
    setWaiting(true);
  };
  return (
    <Dialog title={t('title')} isOpen={hasEnded} onClose={sessionRenewed} mustDecide>
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
