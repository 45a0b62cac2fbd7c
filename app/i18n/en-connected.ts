/** Words about projects on a server. */
import { countedIn } from './numbers.ts'

const counted = countedIn('en')
const nameOrSomebody = (who: string | null) => who ?? 'Somebody'

export const enConnected = {
  connect: 'Connect to a server…',
  put: 'Put on a server…',
  title: 'Connect to a server',
  says: 'A server started with “pipewright serve” runs the pipes of a project all the time, for everyone who works on it. Views, previews and runs look the same as here.',
  address: 'Address',
  addressHelp: 'As the server printed it, such as http://127.0.0.1:9042.',
  addressWrong: 'This is not the address of a server.',
  token: 'Token',
  tokenHelp: '“pipewright serve token --store DIR” prints one.',
  tokenMissing: 'The server requires a token.',
  keep: 'Keep the token in this browser; otherwise it is forgotten with this tab',
  check: 'Connect',
  checking: 'Connecting…',
  found: (version: string, user: string, roles: string) => `Pipewright ${version}. You are ${user} (${roles}).`,
  has: (pipes: number) => `The server has a project with ${counted(pipes, 'pipe', 'pipes')}.`,
  hasNothing: 'The server has no project yet.',
  open: 'Open its project',
  putThere: (name: string) => `Put “${name}” there`,
  replace: (name: string, pipes: number) => `Replace its ${counted(pipes, 'pipe', 'pipes')} with “${name}”`,
  startEmpty: 'Start an empty project there',
  putSays:
    'The configuration and its files are copied to the server; data in this browser is not. From then on the server runs the pipes by their schedules.',
  hosts: (hosts: string) => `It will send requests to: ${hosts}.`,
  noHosts: 'Its configuration names no servers that requests would go to.',
  errors: (n: number) => `${counted(n, 'error', 'errors')} in the configuration: the server refuses it.`,
  force: 'Put it there in spite of the errors',
  opened: (name: string) => `“${name}” is open. Runs happen on the server.`,
  done: (name: string) => `“${name}” is on the server now.`,
  chip: (address: string) => `on ${address}`,
  menu: (address: string) => `Project on the server ${address}`,
  states: {
    off: 'not connected',
    connecting: 'connecting…',
    connected: 'connected',
    lost: 'no connection',
    refused: 'not connected',
  },
  unpushed: 'edits that are not on the server yet',
  pushNow: 'Push edits to the server',
  pullNow: 'Take over what is on the server',
  compare: 'Compare with the server',
  newToken: 'Change the token…',
  leave: 'Work here again',
  left: 'The project is in this browser again. The server keeps what it has.',
  again: 'try now',
  pushed: 'Pushed to the server.',
  nothingToPush: 'The server has all of it already.',
  upToDate: 'This is what the server has.',
  beforeMerge: 'Before taking over changes from the server',
  theirVersion: (who: string | null) => `Server (${nameOrSomebody(who)})`,
  theirChanges: (who: string | null) => `changes of ${who ?? 'others'} on the server`,
  takenOver: (who: string | null) => `${nameOrSomebody(who)} has changed the project. You see it as it is now.`,
  mergedIn: (who: string | null) => `${nameOrSomebody(who)} has changed the project. It was merged with your edits.`,
  conflict: (who: string | null) =>
    `${nameOrSomebody(who)} has changed the same as you. Nothing is overwritten: choose in Deploy › Merge.`,
  failures: {
    unreachable: (address: string, _said: string, origin: string) =>
      `No answer from ${address}. Either no server runs there, or it does not allow requests from this page: then start it with --origin ${origin}, or open the app at its own address.`,
    token: (address: string) => `The token is not valid at ${address}. “pipewright serve token” prints one.`,
    roles: (address: string, said: string) =>
      `${address} refuses this. ${said} Working on a project needs the role group:Admin, or group:Developer where no component has permissions.`,
    other: (address: string) =>
      `There is no Pipewright project at ${address}. A server of several configurations has each below its own name: …/name.`,
    version: (address: string, said: string) =>
      `${address} has version ${said}, which this page cannot talk to. Open the app at the server's own address.`,
    changed: (address: string) => `The project at ${address} was changed meanwhile.`,
    refused: (_address: string, said: string) => `The server refuses the configuration. ${said}`,
    busy: (address: string) => `${address} gets too many requests. Wait a moment.`,
    failed: (address: string, said: string) => `${address} could not do it. ${said}`,
  },
} as const
