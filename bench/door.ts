import { Agent, request } from 'node:http';

/** What the API answered. */
export interface Answer {
  status: number;
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
}

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

/** Speaks to the API over kept connections. Plain `node:http`: half the processor time of fetch, and the driver shares the machine. */
export function knock(method: string, url: string, token: string, body?: unknown): Promise<Answer> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      {
        method,
        agent,
        headers: {
          authorization: `Bearer ${token}`,
          ...(text === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
        },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const answer = Buffer.concat(parts).toString();
          resolve({ status: response.statusCode ?? 0, body: answer === '' ? undefined : JSON.parse(answer) });
        });
      },
    );
    asked.on('error', reject);
    asked.end(text);
  });
}
