import type { ExampleCall } from './call.ts';
import { curlDgrkExample, curlExample } from './curl.ts';
import { javascriptExample } from './javascript.ts';
import { k6Example } from './k6.ts';
import { postmanCollection, postmanEnvironment } from './postman.ts';
import { pythonExample } from './python.ts';

const read: ExampleCall = { method: 'GET', target: '/orders?page=2', body: '' };
const create: ExampleCall = {
  method: 'POST',
  target: '/orders',
  body: '{"item": 7, "note": "d\'été, 100 %"}',
};

const about = (comment: string) =>
  `${comment} Made by npm run generate:examples. Takes GATEWAY, API_KEY and SECRET_KEY from the environment.\n`;
const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;

/** What is in `examples/`, by file name; all but its README. */
export const exampleFiles: Readonly<Record<string, string>> = {
  'curl-get.sh': `#!/bin/sh\n${about('#')}${curlExample(read)}`,
  'curl-post.sh': `#!/bin/sh\n${about('#')}${curlExample(create)}`,
  'curl-dgrk.sh': `#!/bin/sh\n${about('#')}${curlDgrkExample(read)}`,
  'get.mjs': about('//') + javascriptExample(read),
  'post.mjs': about('//') + javascriptExample(create),
  'get.py': about('#') + pythonExample(read),
  'post.py': about('#') + pythonExample(create),
  'k6.js': about('//') + k6Example(create),
  'keygrant.postman_collection.json': json(postmanCollection([read, create])),
  'keygrant.postman_environment.json': json(postmanEnvironment('http://127.0.0.1:3003')),
};
