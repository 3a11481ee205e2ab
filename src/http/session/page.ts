import type { KeygrantError } from '../../domain/errors.ts';
import type { Language } from '../../domain/languages.ts';
import { problems } from '../../domain/problems.ts';
import { html } from '../../mail/html.ts';

const texts: Record<Language, { title: string; again: string; other: string }> = {
  en: { title: 'You are not signed in', again: 'Sign in', other: 'Sign in as somebody else' },
  'zh-TW': { title: '您尚未登入', again: '登入', other: '以其他帳號登入' },
};

/**
 * The page for a browser whose sign-in came to nothing: why, and how to go on.
 * @param returnTo where they wanted to go
 */
export function notSignedInPage({ code, words }: KeygrantError, language: Language, returnTo = '/'): string {
  const say = texts[language];
  const [problem, detail] = [problems[code][language], words[language]];
  const reason = detail === problem ? '' : html`<p>${detail}</p>`;
  const signIn = `/session/sign-in?${new URLSearchParams({ returnTo }).toString()}`;
  return html`<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Keygrant</title>
<link rel="stylesheet" href="/session/page.css"></head>
<body><main><h1>${say.title}</h1>
<p role="alert">${problem}</p>${reason}
<p><a href="${signIn}">${say.again}</a> · <a href="${signIn}&amp;again=true">${say.other}</a></p></main></body>
</html>
`.toString();
}
