import type { Logger } from 'pino';

/**
 * Ends a process in order: on SIGTERM, on Ctrl-C, and when the process that started it with a channel is gone, so that
 * the embedded stack leaves nothing running. A second signal ends it at once.
 * @param stop lets go of everything; requests under way are answered first
 */
export function stopOnSignal(logger: Logger, stop: () => Promise<void>): void {
  let stopping = false;
  const end = (why: string) => {
    if (stopping) process.exit(1);
    stopping = true;
    logger.info({ why }, 'stopping');
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  // All state is in PostgreSQL and Temporal: after what nobody has caught, starting anew is the safe way on. Where it
  // came from is logged, not what it says: a library's message could quote somebody's data.
  process.on('uncaughtException', ({ name, stack }) => {
    logger.fatal({ name, at: stack?.split('\n').filter((line) => /^\s+at /.test(line)) }, 'crashed');
    process.exit(1);
  });
  process.on('SIGTERM', () => end('SIGTERM'));
  process.on('SIGINT', () => end('SIGINT'));
  process.on('disconnect', () => end('parent is gone'));
  // It may have gone while this process was still starting: then the event is over. No send: no channel.
  if (process.send && !process.connected) end('parent is gone');
}
