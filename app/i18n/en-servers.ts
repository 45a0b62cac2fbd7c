/** Words about the servers that a project may send requests to. */
export const enServers = {
  title: (name: string) => `“${name}” wants to send requests`,
  says: 'Its pipes send requests to these servers, with the content that the configuration defines. Nothing has been sent yet. Allow only servers that you expect.',
  list: 'Servers',
  unnamed: 'named by data or a template',
  allow: 'Allow the chosen servers',
  refuse: 'Send nothing',
  heading: 'Servers',
  of: (host: string) => `Requests to ${host}`,
  decisions: { ask: 'Ask first', allowed: 'Allowed', refused: 'Not allowed' },
  settingsSay: 'Where pipes of this project may send requests from here. The decision stays in this browser.',
} as const
