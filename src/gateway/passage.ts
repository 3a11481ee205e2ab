import type { ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';

/** No connection was made, or none was used, so no byte of the call can have reached the upstream. */
export class Unreached extends Error {}

/**
 * Takes an answer from undici to the caller, piece by piece and as fast as the caller reads, without the streams that
 * `request` would put between them: they cost more than the rest of the way.
 * @param begin writes the head of the answer
 * @param begun told when that is done
 * @param failed told what went wrong before; after it, the caller's connection is cut, so that no half looks whole
 */
export function createPassage(
  caller: ServerResponse,
  soon: (act: () => void) => void,
  begin: (status: number, headers: string[]) => void,
  begun: () => void,
  failed: (error: Error) => void,
): Dispatcher.DispatchHandler {
  let controller: Dispatcher.DispatchController | undefined;
  let hasBegun = false;
  let hasLeft = false;
  caller.once('close', () => {
    if (caller.writableFinished) return;
    hasLeft = true;
    controller?.abort(new Error('the caller has left'));
  });
  return {
    onRequestStart(started) {
      controller = started;
      if (hasLeft) started.abort(new Unreached('the caller left before there was a connection'));
    },
    onResponseStart({ rawHeaders }, status) {
      // Of what comes before the answer, such as 103 Early Hints, its caller is not told.
      if (status < 200) return;
      begin(
        status,
        (rawHeaders as Buffer[]).map((each) => each.toString('latin1')),
      );
      hasBegun = true;
      const { socket } = caller;
      socket?.cork();
      soon(() => socket?.uncork());
      begun();
    },
    onResponseData(response, chunk) {
      if (caller.write(chunk)) return;
      response.pause();
      caller.once('drain', () => response.resume());
    },
    onResponseEnd() {
      caller.end();
    },
    onResponseError(_controller, error) {
      if (hasBegun) caller.destroy();
      else failed(error);
    },
  };
}
