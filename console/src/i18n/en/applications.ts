export const applications = {
  title: 'Applications',
  lead: 'What you have applied for, and what you may see.',
  apply: 'Apply for an API key',
  empty: {
    title: 'No applications yet',
    words: 'An application asks for an API key: for which client, for which APIs, until when.',
  },
  emptyFilter: { title: 'Nothing matches', words: 'No application is in this state.' },
  state: 'State',
  columns: {
    name: 'Key',
    client: 'Client',
    state: 'State',
    now: 'Where it stands',
    since: 'Since',
  },
  unnamed: 'Without a name yet',
} as const;
