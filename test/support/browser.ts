import type { Answer } from './api.ts';

interface Going {
  method?: string;
  form?: Record<string, string>;
  body?: unknown;
  headers?: Record<string, string>;
}

/** As much of a browser as signing in takes: cookies by host and port, redirects, and what it says of itself to servers. */
export class Browser {
  readonly cookies = new Map<string, Map<string, string>>();
  /** What servers have asked to be kept, attributes and all. */
  readonly setCookies: string[] = [];
  /** Every address that it was sent to. */
  readonly visited: string[] = [];
  readonly #publicUrl: string;
  readonly #baseUrl: string;

  /**
   * @param publicUrl where Keygrant says that it is
   * @param baseUrl where it really is: the test's API takes any free port
   */
  constructor(publicUrl: string, baseUrl: string) {
    this.#publicUrl = publicUrl;
    this.#baseUrl = baseUrl;
  }

  /** Goes to an address like a click does, and on to where it leads. */
  async go(address: string, { form, headers = {} }: Going = {}): Promise<Answer & { address: string }> {
    const url = new URL(address, this.#publicUrl);
    this.visited.push(url.href);
    const navigation = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'same-origin' };
    const answer = await this.#send(url, form ? 'POST' : 'GET', { ...navigation, ...headers }, form);
    const location = answer.headers.get('location');
    return location ? this.go(new URL(location, url).href) : { ...answer, address: url.href };
  }

  /** Asks like a script of a page of ours does. */
  fetch(path: string, { method = 'GET', body, headers = {} }: Going = {}): Promise<Answer> {
    const own = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' };
    return this.#send(new URL(path, this.#publicUrl), method, { ...own, ...headers }, undefined, body);
  }

  /** Signs in by the pages of the embedded issuer; resolves to where that ends. */
  async signIn(person: string, from = '/session/sign-in') {
    const page = await this.go(from);
    return this.go(page.address, { form: { person } });
  }

  /** The cookies of Keygrant. */
  get own(): Map<string, string> {
    return this.#jar(new URL(this.#publicUrl));
  }

  #jar({ host }: URL): Map<string, string> {
    const jar = this.cookies.get(host) ?? new Map<string, string>();
    this.cookies.set(host, jar);
    return jar;
  }

  async #send(
    url: URL,
    method: string,
    headers: Record<string, string>,
    form?: Record<string, string>,
    body?: unknown,
  ): Promise<Answer> {
    const jar = this.#jar(url);
    const response = await fetch(url.href.replace(new URL(this.#publicUrl).origin, this.#baseUrl), {
      method,
      redirect: 'manual',
      headers: {
        ...(jar.size > 0 ? { cookie: [...jar].map((pair) => pair.join('=')).join('; ') } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(form ? { body: new URLSearchParams(form) } : {}),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      this.setCookies.push(cookie);
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/Expires=Thu, 01 Jan 1970/i.test(cookie)) jar.delete(name);
      else jar.set(name, value);
    }
    const text = await response.text();
    const json = text !== '' && response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
  }
}
