// The page that shows a secret once. Plain JavaScript, since a browser runs it as it is. Opening the page, or whatever a
// mail scanner does with the link, uses nothing up: only the button does, after a sign-in.

const texts = {
  en: {
    title: 'Secret Key of your API key',
    intro: 'It is shown once. Have a safe place ready, such as a password manager.',
    signIn: 'Sign in',
    show: 'Show the Secret Key now',
    shown: 'Copy both keys now. The Secret Key is never shown again.',
    noLink: 'Open the link in your mail again: this address does not say which key is meant.',
    failed: 'That did not work.',
  },
  zh: {
    title: 'API 金鑰的私鑰',
    intro: '私鑰只會顯示一次。請先準備好安全的存放處，例如密碼管理工具。',
    signIn: '登入',
    show: '立即顯示私鑰',
    shown: '請立即複製兩把金鑰。私鑰不會再次顯示。',
    noLink: '請重新開啟郵件中的連結：目前的網址沒有指明是哪一把金鑰。',
    failed: '操作未成功。',
  },
};
const chinese = /^zh/i.test(navigator.language);
const say = chinese ? texts.zh : texts.en;
document.documentElement.lang = chinese ? 'zh-TW' : 'en';
document.title = say.title;

const { authorization, token: tokenEndpoint, client, redirect } = document.body.dataset;
const main = document.querySelector('main');

/** @param {string} tag @param {string} text */
function add(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  main.append(element);
  return element;
}

/** @param {string} label @param {() => Promise<void>} act */
function button(label, act) {
  const element = /** @type {HTMLButtonElement} */ (add('button', label));
  element.addEventListener('click', async () => {
    element.disabled = true;
    try {
      await act();
    } catch (error) {
      element.disabled = false;
      problem(error instanceof Error ? error.message : say.failed);
    }
  });
}

/** @param {string} text */
function problem(text) {
  const element = document.querySelector('[role=alert]') ?? add('p', '');
  element.setAttribute('role', 'alert');
  element.textContent = text;
}

/** @param {Uint8Array} bytes */
function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** Authorization code with PKCE (RFC 7636); what must survive the way there and back stays in this tab. */
async function signIn() {
  const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
  const verifier = random();
  const state = random();
  sessionStorage.setItem('verifier', verifier);
  sessionStorage.setItem('state', state);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const query = new URLSearchParams({
    client_id: client,
    response_type: 'code',
    scope: 'openid',
    redirect_uri: redirect,
    code_challenge: base64url(new Uint8Array(digest)),
    code_challenge_method: 'S256',
    state,
  });
  location.assign(`${authorization}${authorization.includes('?') ? '&' : '?'}${query}`);
}

/** @param {string} code @returns {Promise<string>} the access token, which stays in this page alone */
async function exchange(code) {
  const response = await fetch(tokenEndpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: client,
      redirect_uri: redirect,
      code,
      code_verifier: sessionStorage.getItem('verifier') ?? '',
    }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error_description ?? answer.error ?? say.failed);
  return answer.access_token;
}

/** @param {string} accessToken */
async function reveal(accessToken) {
  const [, keyId, token] = /^([^.]+)\.(.+)$/.exec(sessionStorage.getItem('link') ?? '') ?? [];
  const response = await fetch(`/v1/keys/${encodeURIComponent(keyId)}/reveal`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.detail ?? say.failed);
  sessionStorage.clear();
  main.replaceChildren();
  add('h1', say.title);
  add('p', say.shown).setAttribute('role', 'status');
  add('h2', 'API Key (Public)');
  add('pre', answer.apiKey).tabIndex = 0;
  add('h2', 'Secret Key (Private)');
  add('pre', answer.secretKey).tabIndex = 0;
}

if (location.hash.length > 1) sessionStorage.setItem('link', location.hash.slice(1));
const returned = new URLSearchParams(location.search);
// Neither the token nor the code stays in the address, where history and screenshots would keep it.
history.replaceState(null, '', location.pathname);
add('h1', say.title);
if (!sessionStorage.getItem('link')) problem(say.noLink);
else {
  add('p', say.intro);
  const code = returned.get('code');
  const back = code && returned.get('state') === sessionStorage.getItem('state');
  if (returned.get('error')) problem(returned.get('error_description') ?? returned.get('error') ?? '');
  try {
    const accessToken = back ? await exchange(code) : undefined;
    if (accessToken) button(say.show, () => reveal(accessToken));
    else button(say.signIn, signIn);
  } catch (error) {
    problem(error instanceof Error ? error.message : say.failed);
    button(say.signIn, signIn);
  }
}
