export const reveal = {
  title: 'Secret Key of your API key',
  lead: 'It is shown once, to whom the mail with its link was sent.',
  noLink: 'Open the link in your mail again: this address does not say which key is meant.',
  before:
    'Have a safe place ready, such as a password manager. The button shows the Secret Key, and uses the link up.',
  show: 'Show the Secret Key now',
  asAnother: 'Sign in as somebody else',
  key: 'Open the key',
  application: 'Open the application',
  shownTitle: 'Copy both keys now',
  shown:
    'The Secret Key is gone from here as soon as you leave this page, and is never shown again. One that is lost can be replaced on the key’s page.',
  pair: 'The pair',
  apiKey: 'API Key (Public)',
  secretKey: 'Secret Key (Private)',
} as const;
