/** `serve DIR…`: serves configurations with the API of a node; `serve token`, `user` and `revoke` say who may call. */
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import process from 'node:process'
import { text as textOf } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { setAccount } from '../server/accounts.ts'
import { guardProcess } from '../server/guard.ts'
import { limitsIn } from '../server/limits.ts'
import { revocationsOf, revokeToken, revokeUser } from '../server/revocations.ts'
import { startServer } from '../server/server.ts'
import { issueToken, tokenId } from '../server/token.ts'
import { serverKeys } from '../server/vault.ts'
import type { Arguments } from './arguments.ts'
import { command, type ExitCode, type Io } from './define.ts'
import { UsageError } from './usage-error.ts'

const DEFAULT_PORT = 9042
const MIN_PASSWORD_LENGTH = 12
const roles = ['group:Admin', 'group:Developer', 'group:User', 'group:Guest']

export const serveCommand = command({
  name: 'serve',
  says: 'Serves configurations with the API of a Sesam node. "serve token" prints a token, "serve user NAME" makes a user with a password from standard input, "serve revoke TOKEN" revokes a token and "serve revoke --user NAME" all of a user.',
  further: ['DIR…'],
  options: {
    store: { value: 'DIR', times: 'needed', says: 'The folder for data, keys and configurations.' },
    port: { value: 'N', says: `The port, ${DEFAULT_PORT} by default; 0 takes a free one.` },
    host: { value: 'ADDRESS', says: 'The address to listen at, 127.0.0.1 by default: only this machine can call.' },
    name: { value: 'NAME', times: 'many', says: 'Host names by which the server may be called, besides localhost.' },
    origin: {
      value: 'URL',
      times: 'many',
      says: 'Origins whose pages may send requests here, such as https://pages.example.',
    },
    app: {
      value: 'DIR',
      says: 'The folder of the built app, which is served at /; by default the one of this clone or package.',
    },
    engines: {
      value: 'N',
      says: 'How many engines transform for a configuration (2: Developer Pro, 4: Single); by default what its project says. Ten pumps run at the same time for each.',
    },
    copy: {
      value: 'DIR',
      says: 'Keeps a second copy of the store here: configuration, encrypted secrets and the data of all pipes, durable or not. Requests are answered when both are written.',
    },
    limit: {
      value: '[NAME:]pipes=N,bytes=N,engines=N',
      times: 'many',
      says: 'Limits of every configuration, or of the one with this name; bytes also as 500MB or 10GB.',
    },
    'no-backups': { says: 'Turns off the daily backups.' },
    profile: { value: 'NAME', says: 'Reads the variables from NAME-env.json instead of test-env.json.' },
    import: { says: 'Imports the folders again and replaces what the store has of them.' },
    role: {
      value: 'group:NAME',
      times: 'many',
      says: 'The roles of a token (group:Admin by default) or a user (group:User by default).',
    },
    user: {
      value: 'NAME',
      says: 'The user of a token to print (by default named after its roles, such as local-admin), or of the tokens to revoke.',
    },
    days: { value: 'N', says: 'How many days a token is valid; without it, it never expires.' },
    configuration: { value: 'NAME', says: 'The only configuration that a token or a user may use.' },
  },
  run: async (given, io) => {
    const [word, ...others] = [given.argument, ...given.further]
    if (word === 'token') return printToken(given, io)
    if (word === 'user') return makeUser(given, others, io)
    if (word === 'revoke') return revoke(given, others, io)
    return runServer(given, io)
  },
})

async function printToken(given: Arguments, io: Io): Promise<ExitCode> {
  if (given.further.length > 0) throw new UsageError('serve token takes no folder.')
  const { tokens } = await serverKeys(given.one('store') ?? '')
  const days = given.one('days')
  const roles = rolesOf(given, 'group:Admin')
  // Users own what they make, so that tokens of different roles are of different users.
  const user = given.one('user') ?? `local-${roles.map((role) => role.replace(/^group:/, '').toLowerCase()).join('-')}`
  const request = {
    user,
    roles,
    configuration: given.one('configuration') ?? null,
    days: days === undefined ? null : wholeNumber('days', days, 1),
    revocations: await revocationsOf(given.one('store') ?? '', user),
  }
  io.out(`${issueToken(tokens, request, Date.now())}\n`)
  return 0
}

function rolesOf(given: Arguments, otherwise: string): readonly string[] {
  const wanted = given.many('role')
  const unknown = wanted.find((role) => !/^(group:)?[\w.-]+$/.test(role))
  if (unknown !== undefined) throw new UsageError(`${unknown} is not a role; roles are ${roles.join(', ')}.`)
  return wanted.length === 0 ? [otherwise] : wanted
}

async function makeUser(given: Arguments, names: readonly string[], io: Io): Promise<ExitCode> {
  const [user = '', ...more] = names
  if (user === '' || more.length > 0) throw new UsageError('serve user needs one name.')
  const password = (await textOf(process.stdin)).replace(/\r?\n$/, '')
  if (password.length < MIN_PASSWORD_LENGTH)
    throw new UsageError(`The password on standard input needs at least ${MIN_PASSWORD_LENGTH} characters.`)
  const account = { user, roles: rolesOf(given, 'group:User'), configuration: given.one('configuration') ?? null }
  await setAccount(given.one('store') ?? '', account, password)
  io.say(`${user} can sign in as ${account.roles.join(', ')}.`)
  return 0
}

async function revoke(given: Arguments, tokens: readonly string[], io: Io): Promise<ExitCode> {
  const store = given.one('store') ?? ''
  const user = given.one('user')
  if ((tokens.length === 0) === (user === undefined)) throw new UsageError('serve revoke needs a token or --user NAME.')
  for (const token of tokens) {
    const id = tokenId(token)
    if (id === null) throw new UsageError('That is not a token.')
    await revokeToken(store, id)
  }
  if (user !== undefined) await revokeUser(store, user)
  io.say(user === undefined ? 'The token is no longer valid.' : `The tokens of ${user} are no longer valid.`)
  return 0
}

async function runServer(given: Arguments, io: Io): Promise<ExitCode> {
  const port = wholeNumber('port', given.one('port') ?? String(DEFAULT_PORT), 0)
  const host = given.one('host') ?? '127.0.0.1'
  const server = await startServer({
    folders: [given.argument, ...given.further].filter((folder) => folder !== ''),
    store: given.one('store') ?? '',
    port,
    host,
    names: given.many('name'),
    origins: given.many('origin').map(originOf),
    app: appFolder(given.one('app')),
    engines: given.one('engines') === undefined ? null : wholeNumber('engines', given.one('engines') ?? '', 1),
    copy: given.one('copy') ?? null,
    backups: !given.has('no-backups'),
    imports: given.has('import'),
    profile: given.one('profile') ?? 'test',
    limits: given.many('limit').map(limitText),
    say: io.say,
  })
  const shown = host.includes(':') ? `[${host}]` : host
  for (const name of server.configurations) {
    io.out(`http://${shown}:${server.port}${name === '' ? '' : `/${encodeURIComponent(name)}`}/api\n`)
  }
  const unguard = guardProcess(server.broken)
  await stopSignal()
  io.say('Stopping: open requests are answered, and runs end after their current batch.')
  await server.close()
  unguard()
  return 0
}

function limitText(text: string): string {
  if (limitsIn(text) === null) throw new UsageError(`--limit needs pipes=N, bytes=N or engines=N, not ${text}.`)
  return text
}

/** The origin of an address: what browsers call the server of a page. */
function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UsageError(`--origin needs an address such as https://pages.example, not ${text}.`)
  return url.origin
}

/** The folder of the built app: the one that is named, or `dist` of this clone or package where it is there. */
function appFolder(named: string | undefined): string | null {
  if (named !== undefined) {
    if (!existsSync(join(named, 'index.html')))
      throw new UsageError(`${named} does not contain a built app. Build it with npm run build.`)
    return resolve(named)
  }
  // This file is engine-worker/node/commands/serve.ts in a clone, and one of dist-cli/assets in the package.
  const here = dirname(fileURLToPath(import.meta.url))
  const places = ['../app', '../../../dist'].map((place) => join(here, place))
  return places.find((place) => existsSync(join(place, 'index.html'))) ?? null
}

/** Resolves when the process is asked to end; asked again, it ends at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

function wholeNumber(option: string, text: string, least: number): number {
  if (!/^\d{1,6}$/.test(text) || Number(text) < least)
    throw new UsageError(`--${option} needs a whole number of at least ${least}, not ${text}.`)
  return Number(text)
}
