import { people, portal } from './seed.ts';

/** What the one screen of `npm start` tells. */
interface Facts {
  baseUrl: string;
  gatewayUrl: string;
  issuer: string;
  mailUrl: string;
  temporalUiUrl: string | null;
  dataFolder: string;
  deliveryDelay: string;
}

/** The screen: where everything is, how to act as each person, what to try. */
export function screen({
  baseUrl,
  gatewayUrl,
  issuer,
  mailUrl,
  temporalUiUrl,
  dataFolder,
  deliveryDelay,
}: Facts): string {
  const row = (name: string, value: string, about = '') =>
    `  ${name.padEnd(16)}${value.padEnd(28)}${about}`.trimEnd();
  return [
    `Keygrant is running. Open ${baseUrl}`,
    '',
    row('API', `${baseUrl}/docs`, 'every route, and a page to try it signed in'),
    row('Gateway', gatewayUrl, 'calls signed with a key, passed on to a sample API'),
    ...(temporalUiUrl ? [row('Temporal', temporalUiUrl, 'each application as a workflow, in words')] : []),
    row('Mail', mailUrl, 'every mail that was sent; nothing leaves this machine'),
    row('Identity', issuer, 'OpenID Connect; nobody needs a password'),
    '',
    'Act as one of five people, or as the portal:',
    '',
    ...people.map(({ id, name, about }) => row(id, name, about)),
    row(portal.id, portal.name, 'for an applicant: header On-Behalf-Of: ada'),
    '',
    '  TOKEN=$(npm run -s keygrant -- token ada)',
    `  curl -s ${baseUrl}/v1/me -H "Authorization: Bearer $TOKEN"`,
    '',
    'Try first, in a second terminal:',
    '',
    '  npm run demo                     walks an application from draft to mailed key',
    '  npm run -s keygrant -- help      what operators and auditors can ask',
    '',
    `The mail with a key leaves ${deliveryDelay} after the last approval (DELIVERY_DELAY).`,
    `Data and logs are in ${dataFolder}; delete it to start afresh. Ctrl-C stops everything.`,
  ].join('\n');
}
