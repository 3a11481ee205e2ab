import type { Person } from './identity.ts';

/** Makes text safe to stand in HTML, between tags as well as in a quoted attribute. */
function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 28rem; margin: 10vh auto; padding: 0 1rem; color: #1b1b1f; background: #fff }
  h1 { font-size: 1.4rem }
  ul { list-style: none; padding: 0 }
  button { font: inherit; width: 100%; text-align: left; padding: .7rem 1rem; margin: .25rem 0; border: 1px solid #6b6b76; border-radius: .4rem; background: #f5f5f8; color: inherit; cursor: pointer }
  button:hover { background: #e6e6f0 }
  button:focus-visible { outline: 3px solid #2457d6; outline-offset: 2px }
  small { display: block; color: #55555f }
  @media (prefers-color-scheme: dark) {
    body { color: #eee; background: #17171b }
    button { background: #26262d; border-color: #8a8a96 }
    button:hover { background: #34343d }
    small { color: #b5b5c0 }
  }
</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
}

/**
 * The sign-in page: one button for each person, no password. A form that posts `person` to its own address.
 * @param application name of what the person signs in to
 */
export function signInPage(people: readonly Person[], application: string): string {
  const buttons = people.map(({ id, name, email, about }) => {
    const label = about ? `${name}, ${about}` : name;
    return `<li><button name="person" value="${escape(id)}">Sign in as ${escape(label)}<small>${escape(email)}</small></button></li>`;
  });
  return page(
    `Sign in to ${escape(application)}`,
    `<p>This is the development stack: choose whom to be.</p>
<form method="post"><ul>
${buttons.join('\n')}
</ul></form>`,
  );
}

/** A page that says what went wrong. */
export function errorPage(reason: string): string {
  return page('That did not work', `<p>${escape(reason)}</p>`);
}

/** A page that asks before signing out; `form` is the provider's own, to be submitted by its button. */
export function signOutPage(form: string): string {
  return page(
    'Sign out?',
    `${form}<button form="op.logoutForm" name="logout" value="yes">Yes, sign out</button>`,
  );
}

/** The page after signing out. */
export function signedOutPage(): string {
  return page('Signed out', '<p>You can close this page.</p>');
}
