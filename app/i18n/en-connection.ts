/** English: testing whether a system can be reached. */
export const enConnection = {
  heading: 'Connection',
  test: 'Test the connection',
  again: 'Test again',
  cancel: 'Cancel',
  path: 'Path to ask',
  pathHelp: 'Below the address of the system; empty for the address itself. Choose one that needs the sign-in.',
  says: 'Sends one GET to the server, with the sign-in of the system. You are asked before a new server gets a request.',
  waiting: 'Waiting for the answer…',
  cancelled: 'The test was cancelled.',
  asked: 'Asked',
  answered: 'Answered',
  status: (status: number, milliseconds: string) => `Status ${status}, ${milliseconds}`,
  redirected: (url: string) => `After a redirect, from ${url}`,
  beginning: (type: string) => (type === '' ? 'The answer begins' : `The answer begins (${type})`),
  todo: 'What to do',
  verdicts: { good: 'Reached', half: 'Answers', bad: 'Not reached' },
  advice: {
    reached:
      'The address works, and the server accepted the request. Ask a path that needs the sign-in to be sure of it.',
    'sign-in':
      'The server does not accept the sign-in. Check user, password or token, and what the account may do; secrets need a value here.',
    'no-such-path':
      'The server is there but has nothing at this address. Correct the address, or ask a path that exists.',
    busy: 'The server has had too many requests. Wait a little, then test again.',
    failing: 'The server has an error. Try again later, or ask its operator.',
    refused: 'The server is there but does not accept this request. Ask a path that can be read.',
  },
  port: (server: string) =>
    `${server} uses a protocol that a browser does not support. Test it from the command line, in the folder of the project:`,
  onServer: 'This project runs on a server, and its secrets are there. Test from the command line of that machine:',
  browserFailed:
    'A browser does not say why a request failed: the server may be down, its certificate refused, or it may let no browser read it (CORS). The command line says which:',
  nothing: {
    container: 'Sesam runs this service in a container of its own: its status is in Sesam, under the system.',
    tns: 'The address is a TNS name, which only the machines of Sesam can resolve. Test it there.',
    'made-up': 'This system has no server, so there is no connection to test.',
    address: 'The system does not say where its server is. Give it an address first.',
    unknown: 'There is no test for this kind of system.',
  },
} as const
