import { useState } from 'react';

/**
 * What a dialog is there to do: tried when its button says so, and closed only when the server has said that it is done.
 * What it refused is kept for the next look.
 */
export function useAttempt(act: () => Promise<unknown>, onClose: () => void) {
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();
  const close = () => {
    setError(undefined);
    onClose();
  };
  const attempt = async () => {
    setPending(true);
    setError(undefined);
    try {
      await act();
      close();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setPending(false);
    }
  };
  return { isPending, error, attempt, close };
}
