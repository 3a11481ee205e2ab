import { eventually } from './eventually.ts';

/** One server-sent event, read. */
export interface StreamEvent {
  id: number;
  // oxlint-disable-next-line typescript/no-explicit-any
  data: any;
}

/** Follows a stream of server-sent events (HTML Standard, 9.2) as a client that sends headers does. */
export async function openStream(url: string, headers: Record<string, string>) {
  const ending = new AbortController();
  const response = await fetch(url, { headers, signal: ending.signal });
  const stream = {
    status: response.status,
    headers: response.headers,
    text: '',
    ended: false,
    events(): StreamEvent[] {
      return stream.text
        .split('\n\n')
        .slice(0, -1)
        .map((block) =>
          Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2))),
        )
        .filter((fields) => fields['event'] === 'timeline')
        .map(({ id, data }) => ({ id: Number(id), data: JSON.parse(String(data)) }));
    },
    words: () => stream.events().map(({ data }) => data.words as string),
    /** Resolves once there are that many. */
    arrivals: (count: number) =>
      eventually(async () => (stream.events().length >= count ? stream.events() : undefined)),
    end: () => ending.abort(),
    over: () => eventually(async () => stream.ended || undefined, 20_000),
  };
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const part of response.body ?? []) stream.text += decoder.decode(part, { stream: true });
  };
  void read()
    .catch(() => undefined)
    .finally(() => (stream.ended = true));
  return stream;
}
