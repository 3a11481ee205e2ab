import { onlineManager } from '@tanstack/react-query';
import { rest } from '../../api/client.ts';
import { serverNow } from '../../api/connection.ts';
import { ProblemError, violationsOf } from '../../api/problem.ts';
import {
  type Application,
  type Content,
  contentOf,
  differing,
  type Field,
  isSame,
  type Kind,
  lengthOf,
  longest,
  pick,
} from './content.ts';
import { type Creation, type LocalCopy, readCopy, writeCopy } from './local-copy.ts';

/** How long a person pauses before what they wrote is saved. */
const pauseMs = 1_000;
/** How long until it is tried again after the server could not, doubled up to the second. */
const retryMs = [2_000, 30_000] as const;

/**
 * Where what is written stands: untouched, about to be saved, being saved, saved (except what the server would not store), kept on
 * this device for now (no connection, no session, a server in trouble), changed elsewhere in the same fields, no longer to be
 * edited, or refused for good.
 */
export type Keeping =
  | { is: 'untouched' | 'waiting' | 'saving' }
  | { is: 'saved'; at: Date; except: Field[] }
  | { is: 'kept'; error: unknown }
  | { is: 'conflict'; theirs: Application; in: Field[] }
  | { is: 'gone' }
  | { is: 'refused'; error: unknown };

export interface DraftState {
  content: Content;
  /** As the server has it; undefined until it has it. */
  view: Application | undefined;
  keeping: Keeping;
  /** What the server would not even store, by field, with the value that it refused. */
  rejected: Partial<Record<Field, { value: Content[Field]; message: string }>>;
  /** Whether the content was found on this device, from an earlier visit. */
  isRestored: boolean;
}

export type DraftKeeper = ReturnType<typeof keepDraft>;

/**
 * Keeps what somebody writes: on this device at once, and as a draft at the server after a pause, each time from the revision
 * that was seen. The draft is created by the first change, so that looking at the form leaves nothing behind.
 * @param owner who writes; another person on the same device sees nothing of it
 * @param begin what the form begins with: nothing, a key as it is, or the draft
 * @param proposal what the page proposes to write otherwise; saved with the first change
 */
export function keepDraft({
  owner,
  kind,
  keyId,
  begin,
  view: first,
  proposal,
}: {
  owner: string;
  kind: Kind;
  keyId: string | undefined;
  begin: Content;
  view: Application | undefined;
  proposal: Partial<Content> | undefined;
}) {
  const slotOf = (view: Application | undefined) => view?.id ?? `new ${kind} ${keyId ?? ''}`;
  /** What the server has, or would begin a draft with. */
  let base = begin;
  let creating: Creation | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<boolean> | undefined;
  let failures = 0;
  let state: DraftState = {
    content: { ...begin, ...proposal },
    view: first,
    keeping: { is: 'untouched' },
    rejected: {},
    isRestored: false,
  };
  const copy = readCopy(owner, slotOf(first));
  if (copy) restore(copy);

  const watchers = new Set<() => void>();
  function set(change: Partial<DraftState>): void {
    state = { ...state, ...change };
    for (const watcher of watchers) watcher();
  }

  /** Goes on with what this device has; the server may have been given something else meanwhile. */
  function restore({ content, base: before, creating: begun }: LocalCopy): void {
    creating = begun;
    const mine = differing(before, content);
    const both = overlap(before, content, begin);
    state = { ...state, content: { ...begin, ...only(content, mine) }, isRestored: true };
    state.keeping =
      first && both.length > 0 ? { is: 'conflict', theirs: first, in: both } : { is: 'waiting' };
  }

  /** What of the content the server lacks, without what it refused as it stands. */
  function unsaved(): Field[] {
    return differing(base, state.content).filter((field) => {
      const rejection = state.rejected[field];
      return (
        !(rejection && isSame(rejection.value, state.content[field])) && !isTooLong(state.content, field)
      );
    });
  }

  function remember(): void {
    const isThere = differing(base, state.content).length > 0 || creating !== undefined;
    writeCopy(owner, slotOf(state.view), isThere ? { content: state.content, base, creating } : undefined);
  }

  function schedule(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = undefined;
      void save();
    }, ms);
  }

  function change(patch: Partial<Content>): void {
    const isStuck = state.keeping.is === 'conflict' || state.keeping.is === 'gone';
    set({
      content: { ...state.content, ...patch },
      ...(!isStuck && { keeping: { is: 'waiting' as const } }),
    });
    remember();
    if (!isStuck) schedule(pauseMs);
  }

  /**
   * Saves what is there now. Answers whether the server has all of it.
   * @param isUrgent for a submission: with what is written meanwhile, and even where nothing is
   */
  async function save(isUrgent = false): Promise<boolean> {
    if (running) {
      const isSaved = await running;
      if (!isUrgent) return isSaved;
    }
    clearTimeout(timer);
    timer = undefined;
    running ??= saveAll(isUrgent).finally(() => {
      running = undefined;
    });
    return running;
  }

  async function saveAll(isUrgent: boolean): Promise<boolean> {
    if (state.keeping.is === 'conflict' || state.keeping.is === 'gone') return false;
    for (;;) {
      const wanted = unsaved();
      if (wanted.length === 0 && (state.view || !isUrgent)) return done();
      set({ keeping: { is: 'saving' } });
      try {
        accept(await send(wanted));
      } catch (error) {
        if (!(await recover(error, wanted))) return false;
      }
      // Somebody goes on writing: the next save waits for their pause.
      if (!isUrgent && timer !== undefined) {
        set({ keeping: { is: 'waiting' } });
        return false;
      }
    }
  }

  function done(): boolean {
    const except = differing(base, state.content);
    const isSaved = state.view !== undefined && state.keeping.is !== 'untouched';
    set({ keeping: isSaved ? { is: 'saved', at: serverNow(), except } : { is: 'untouched' } });
    remember();
    return except.length === 0;
  }

  async function send(wanted: Field[]): Promise<Application> {
    const { view, content } = state;
    if (view) {
      const { data } = await rest.PATCH('/v1/applications/{id}', {
        params: { path: { id: view.id }, header: { 'if-match': `"${view.revision}"` } },
        body: pick(content, wanted),
      });
      return given(data);
    }
    creating ??= { key: crypto.randomUUID(), content: pick(content, wanted) };
    remember();
    const { data } = await rest.POST('/v1/applications', {
      params: { header: { 'idempotency-key': creating.key } },
      body: { kind, ...(keyId !== undefined && { keyId }), ...creating.content },
    });
    return given(data);
  }

  function accept(view: Application): void {
    if (!state.view) writeCopy(owner, slotOf(undefined), undefined);
    creating = undefined;
    failures = 0;
    base = contentOf(view);
    set({ view });
    remember();
  }

  /** Sees what can be done about a refusal. Answers whether to go on at once. */
  async function recover(error: unknown, wanted: Field[]): Promise<boolean> {
    if (!(error instanceof ProblemError) || error.status === 401) {
      set({ keeping: { is: 'kept', error } });
      return false;
    }
    if (error.status >= 500 || error.status === 429) {
      set({ keeping: { is: 'kept', error } });
      schedule(Math.min(retryMs[0] * 2 ** failures++, retryMs[1]));
      return false;
    }
    // A definite no: what comes next is another request.
    creating = undefined;
    if (error.status === 412 || error.code === 'not-editable') return rebase();
    if (error.status === 404) {
      set({ keeping: { is: 'gone' } });
      return false;
    }
    const messages = violationsOf(error);
    const refused = wanted.filter((field) => fieldsNamed(messages).has(field));
    if (refused.length > 0) {
      const rejected = { ...state.rejected };
      for (const field of refused)
        rejected[field] = { value: state.content[field], message: messageFor(messages, field) };
      set({ rejected });
      return true;
    }
    set({ keeping: { is: 'refused', error } });
    return false;
  }

  /** Somebody, perhaps the same person in another window, was first: what differs in other fields is put together. */
  async function rebase(): Promise<boolean> {
    const id = state.view?.id ?? '';
    try {
      const { data } = await rest.GET('/v1/applications/{id}', { params: { path: { id } } });
      const theirs = given(data);
      if (!isOpen(theirs)) {
        set({ view: theirs, keeping: { is: 'gone' } });
        return false;
      }
      const both = overlap(base, state.content, contentOf(theirs));
      if (both.length > 0) {
        set({ keeping: { is: 'conflict', theirs, in: both } });
        return false;
      }
      resolve(theirs, differing(base, state.content));
      return true;
    } catch (error) {
      return recover(error, []);
    }
  }

  /** Takes the server's version, and of the content here the fields `mine`. */
  function resolve(theirs: Application, mine: Field[]): void {
    base = contentOf(theirs);
    set({
      view: theirs,
      content: { ...base, ...only(state.content, mine) },
      keeping: { is: 'waiting' },
    });
    remember();
  }

  return {
    change,
    save,
    /** For React's store: told of every change. */
    watch: (watcher: () => void) => {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    state: () => state,
    /** Ends a conflict: with what is written here, or with what the server has. */
    settle(by: 'mine' | 'theirs') {
      if (state.keeping.is !== 'conflict') return;
      resolve(state.keeping.theirs, by === 'mine' ? differing(base, state.content) : []);
      void save();
    },
    /** The server has something newer than this page. */
    async refresh() {
      if (state.view && (await rebase())) await save();
    },
    /** What is on this device is not wanted any more: the draft was submitted or deleted. */
    forget() {
      clearTimeout(timer);
      writeCopy(owner, slotOf(state.view), undefined);
      set({ keeping: { is: 'gone' } });
    },
    /** While the form is open, what could not be saved is tried again when there is a connection. Ends with a last save. */
    open() {
      if (state.keeping.is === 'waiting') schedule(0);
      const unsubscribe = onlineManager.subscribe((isOnline) => {
        if (isOnline && state.keeping.is === 'kept') void save();
      });
      return () => {
        unsubscribe();
        if (unsaved().length > 0) void save();
        else clearTimeout(timer);
      };
    },
  };
}

/** Whether it is the reader's to write. */
export function isOpen({ actions }: Application): boolean {
  return actions.includes('edit');
}

/** Whether a text has more characters than the server takes; it is told beside the field, and kept here until then. */
export function isTooLong(content: Content, field: Field): boolean {
  const most = longest[field];
  const value = content[field];
  return most !== undefined && typeof value === 'string' && lengthOf(value) > most;
}

/** The fields that both sides have changed, each in its own way. */
function overlap(before: Content, mine: Content, theirs: Content): Field[] {
  const changedThere = new Set(differing(before, theirs));
  return differing(before, mine).filter(
    (field) => changedThere.has(field) && !isSame(mine[field], theirs[field]),
  );
}

function only(content: Content, wanted: readonly Field[]): Partial<Content> {
  return Object.fromEntries(wanted.map((field) => [field, content[field]]));
}

/** `apiIds.3` is about apiIds. */
const nameOf = (path: string) => path.split('.')[0] ?? '';
const fieldsNamed = (messages: Record<string, string>) => new Set<string>(Object.keys(messages).map(nameOf));
const messageFor = (messages: Record<string, string>, field: Field) =>
  Object.entries(messages).find(([path]) => nameOf(path) === field)?.[1] ?? '';

/** A success of the API has a body. */
function given<T>(data: T | undefined): T {
  if (data === undefined) throw new Error('an answer without a body');
  return data;
}
