import { type ProblemCode, problems } from '../../domain/errors.ts';
import { html } from '../../mail/html.ts';

const texts = {
  en: { title: 'You are not signed in', again: 'Sign in', other: 'Sign in as somebody else' },
  zh: { title: '您尚未登入', again: '登入', other: '以其他帳號登入' },
};

/** The page for a browser whose sign-in came to nothing: why, and how to go on. */
export function notSignedInPage(code: ProblemCode, detail: string, accepted: string | undefined): string {
  const chinese = /^\s*zh/i.test(accepted ?? '');
  const say = chinese ? texts.zh : texts.en;
  const reason = detail === problems[code] ? '' : html`<p>${detail}</p>`;
  return html`<!doctype html>
<html lang="${chinese ? 'zh-TW' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Keygrant</title>
<link rel="stylesheet" href="/reveal.css"></head>
<body><main><h1>${say.title}</h1>
<p role="alert">${problems[code]}</p>${reason}
<p><a href="/session/sign-in">${say.again}</a> · <a href="/session/sign-in?again=true">${say.other}</a></p></main></body>
</html>
`.toString();
}
