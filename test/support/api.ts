/** An answer, read. */
export interface Answer {
  status: number;
  headers: Headers;
  // Tests look into bodies freely; what a body must look like is what they check.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
}

/** Speaks to the API over HTTP as one person. */
export class Api {
  readonly #baseUrl: string;
  readonly #token: () => Promise<string>;
  #signedIn: Promise<string> | undefined;

  readonly #headers: Record<string, string>;

  constructor(baseUrl: string, token: () => Promise<string>, headers: Record<string, string> = {}) {
    this.#baseUrl = baseUrl;
    this.#token = token;
    this.#headers = headers;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('GET', path, undefined, headers);
  }

  post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('POST', path, body, headers);
  }

  put(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('PUT', path, body, headers);
  }

  /** Changes the revision that is current. */
  async patch(path: string, body: unknown, revision?: number): Promise<Answer> {
    const { headers } =
      revision === undefined ? await this.get(path) : { headers: new Headers({ etag: `"${revision}"` }) };
    return this.call('PATCH', path, body, { 'if-match': headers.get('etag') ?? '' });
  }

  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    this.#signedIn ??= this.#token();
    const response = await fetch(`${this.#baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await this.#signedIn}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...this.#headers,
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const streams = response.headers.get('content-type')?.startsWith('text/event-stream');
    const text = await (streams ? firstEvent(response) : response.text());
    const json = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
  }
}

/** What a stream begins with, up to its first event; it would never end by itself. */
async function firstEvent(response: Response): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const part of response.body ?? []) {
    text += decoder.decode(part, { stream: true });
    if (text.includes('\ndata: ')) break;
  }
  return text;
}
