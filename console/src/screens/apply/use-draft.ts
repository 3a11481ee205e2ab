import { useEffect, useState, useSyncExternalStore } from 'react';
import { useSessionEnded } from '../../api/expiry.ts';
import { useSession } from '../../api/session.tsx';
import type { Application, Content, Kind } from './content.ts';
import { keepDraft } from './keep-draft.ts';

/** The draft of a form that is open: what is in it, where that is kept, and how to change it. */
export function useDraft(beginning: {
  kind: Kind;
  keyId: string | undefined;
  begin: Content;
  view: Application | undefined;
  proposal: Partial<Content> | undefined;
}) {
  const { person } = useSession();
  const [keeper] = useState(() => keepDraft({ owner: person.id, ...beginning }));
  const state = useSyncExternalStore(keeper.watch, keeper.state);
  const hasEnded = useSessionEnded();
  useEffect(() => keeper.open(), [keeper]);
  useEffect(() => {
    if (!hasEnded && keeper.state().keeping.is === 'kept') void keeper.save();
  }, [hasEnded, keeper]);
  return { keeper, ...state };
}
