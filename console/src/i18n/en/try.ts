export const tryIt = {
  title: 'Try it',
  lead: 'Send a signed call through the gateway, and see what is signed, what is sent and what comes back.',
  noGateway:
    'It is not set where the gateway is (GATEWAY_URL), so no call can be sent from here. Whoever runs Keygrant can set it.',
  insecure:
    'Browsers sign on pages under https alone. Open this page by its https address; what is below can be copied all the same.',
  call: 'The call',
  pair: 'The pair',
  key: {
    label: 'Key',
    hint: 'Search by name or client, or paste an API key.',
    none: 'No key that you may see is like “{text}”.',
    empty: 'You have no keys yet. One is issued when an application has been approved.',
    missing: 'Choose a key first.',
    unknown: 'This key is not there, or you may not see it. Choose another.',
    state: '{state}: the call will be refused, and you will see why.',
  },
  api: { label: 'API', hint: 'What the key opens.', missing: 'Choose an API.' },
  method: 'Method',
  parameter: 'Path: {name}',
  rest: 'Path: what follows',
  restHint: 'One part or several, such as 2026/eur.',
  parameterMissing: 'Without it there is no path.',
  query: 'Query',
  queryHint: 'Such as page=2&limit=10. It is covered by the signature of RFC 9421.',
  body: 'Body',
  bodyHint: 'It is signed and sent as it stands here, byte for byte.',
  notJson: 'This is no JSON, so it goes out as plain text.',
  goesTo: 'Goes to',
  scheme: {
    label: 'Signed by',
    message: 'HTTP Message Signatures (RFC 9421)',
    messageHint: 'Covers method, path, query, body and time; a call cannot be repeated.',
    dgrk: 'DGRK',
    dgrkHint: 'digiRunner’s scheme: covers the body alone.',
  },
  apiKey: 'API Key (Public)',
  secret: {
    label: 'Secret Key (Private)',
    hint: 'From the mail about the key; the whole mail may be pasted. It stays on this page: this browser signs with it. It is neither sent nor stored, and gone when you leave.',
    show: 'Show',
    hide: 'Hide',
    missing: 'Paste the secret first.',
    isPublic: 'This is the public half. The secret is the longer one, with 88 characters.',
    length: 'A secret has 88 characters, and this has {count, number}. Paste all of it, without spaces.',
    other: 'The pair that you pasted is of another API key: {apiKey}',
  },
  real: 'This is a real call: the API carries it out, and it counts.',
  send: 'Sign and send',
  outcome: {
    title: 'What came back',
    passed: 'It passed',
    passedWords:
      'The signature is right, the key opens this API, and the API answered {status} in {ms, number} ms.',
    passedBut:
      'The signature is right and the key opens this API. What is wrong with the call is the API’s own matter: it answered {status}.',
    refused: 'Refused',
    undelivered: 'It passed, but the API did not answer',
    unreachable: 'No answer from the gateway',
    unreachableWords:
      'Nothing answered at {gateway}, or not for a page at {origin}. See that the gateway runs, that this device reaches it, and that its certificate is valid.',
    redirect: 'The API answered with a redirect, which is not followed: a signature is for one address.',
    todo: 'What to do',
    finds: 'Whoever runs Keygrant finds it by {id}.',
    theKey: 'The key’s page',
    answer: 'Answer',
    noBody: 'Without a body.',
    tooLong: 'The first {count, number} characters.',
    request: 'Request as it was sent',
    base: 'What was signed',
    baseHint:
      'The HMAC-SHA256 of these bytes under the secret is the signature. If yours differs, compare them with what your code signs.',
    baseDgrk:
      'The canonical body, the API key and the secret, one after another. The HMAC-SHA256 of these bytes under the secret is the signature.',
  },
  copy: {
    title: 'The same call in your own code',
    words:
      'It signs by RFC 9421 and takes the pair from the environment, so that no secret stands in it. These lines set it; the secret is asked for:',
    dgrk: 'It signs by DGRK and takes the pair from the environment, so that no secret stands in it. These lines set it; the secret is asked for:',
    onlyMessage:
      'DGRK signs the canonical form of a body, which takes more than a few lines; this signs by RFC 9421.',
    environment: 'Environment',
    curl: 'curl',
    javascript: 'JavaScript',
    python: 'Python',
  },
  refusals: {
    malformed: {
      why: 'The gateway could not read the signature.',
      todo: 'Something between this browser and the gateway has changed its headers: a proxy, or an extension of the browser.',
    },
    'client-disabled': {
      why: 'The client that the key belongs to is disabled.',
      todo: 'Only an admin can enable it again.',
    },
    unauthorized: {
      why: 'The signature is not by the secret of this key.',
      todo: 'Paste the secret from the newest mail about this very key. After a rotation whose grace is over, or a leak, the old secret is void.',
    },
    'dgrk-refused': {
      why: 'Calls of this key may no longer be signed by DGRK.',
      todo: 'Sign by RFC 9421: choose it above, and move your own code on.',
    },
    'outside-window': {
      why: 'The signature’s time is more than five minutes from the gateway’s.',
      todo: 'Set the clock of this device.',
    },
    suspended: {
      why: 'The key is suspended.',
      todo: 'Its page says by whom and why. Whoever did it, or an admin, resumes it; after a leak, have a new secret issued.',
    },
    revoked: { why: 'The key has been revoked.', todo: 'It stays so. Apply for a new key.' },
    'not-yet-effective': {
      why: 'The key opens nothing yet.',
      todo: 'Wait for its first day, or apply for a change of it.',
    },
    expired: {
      why: 'The key has expired.',
      todo: 'Apply for a change of its last day, or for a new key.',
    },
    'quota-used-up': {
      why: 'All calls of the quota have been made.',
      todo: 'Apply for a change of the key with a larger quota.',
    },
    'api-not-permitted': {
      why: 'The key does not open an API of this method and path.',
      todo: 'See that method and path are right: no empty parts, no dots alone, no slash within a part. Which APIs a key opens is changed by an application.',
    },
    replayed: {
      why: 'A call with this signature has been made before.',
      todo: 'Send again: every call is signed anew. If it recurs, something on the way sends calls twice.',
    },
    'upstream-unreachable': {
      why: 'Signature and key are fine, but the API behind the gateway could not be reached. The call does not count.',
      todo: 'Try again later; if it goes on, tell whoever runs the API.',
    },
    'upstream-timeout': {
      why: 'Signature and key are fine, but the API did not answer in time. It may have carried the call out.',
      todo: 'See at the API whether it did, before you repeat it.',
    },
    'upstream-failed': {
      why: 'Signature and key are fine, but the API broke off. It may have carried the call out.',
      todo: 'See at the API whether it did, before you repeat it.',
    },
    'too-many-requests': { why: 'Too many calls came from this address.', todo: 'Wait a minute.' },
    'payload-too-large': {
      why: 'The body is larger than the gateway takes.',
      todo: 'Send less at a time; whoever runs Keygrant sets the limit (GATEWAY_BODY_LIMIT).',
    },
    other: { why: 'The gateway said no.', todo: 'What it says is below.' },
  },
} as const;
