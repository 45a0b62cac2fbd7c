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
  says: 'Serves configurations with the API of a node. "serve token" prints a token, "serve user NAME" makes a user whose password is read from standard input, "serve revoke TOKEN" or "revoke --user NAME" ends tokens.',
  further: ['DIR…'],
  options: {
    store: { value: 'DIR', times: 'needed', says: 'Where data, keys and configurations are kept.' },
    port: { value: 'N', says: `The port, ${DEFAULT_PORT} by default; 0 takes a free one.` },
    host: { value: 'ADDRESS', says: 'The address to listen at, 127.0.0.1 by default: only this machine can call.' },
    name: { value: 'NAME', times: 'many', says: 'Names by which the server may be called besides localhost.' },
    origin: {
      value: 'URL',
      times: 'many',
      says: 'Pages of other servers that may ask this one: https://pages.example.',
    },
    app: { value: 'DIR', says: 'The built app, which is served too; found by itself where it was built.' },
    engines: {
      value: 'N',
      says: 'Threads that transform for a configuration (2: Developer Pro, 4: Single); without it as many as its project says. Ten pumps run at once for each.',
    },
    copy: {
      value: 'DIR',
      says: 'Keeps a second copy of everything here, durable pipes or not: configuration, secrets (encrypted) and data; requests are answered when both are safe.',
    },
    limit: {
      value: '[NAME:]pipes=N,bytes=N,engines=N',
      times: 'many',
      says: 'What a configuration may have (each, or the one of this name); bytes also as 500MB or 10GB.',
    },
    'no-backups': { says: 'Makes no backup every day.' },
    profile: { value: 'NAME', says: 'Takes variables from NAME-env.json instead of test-env.json.' },
    import: { says: 'Takes the folders in again, in the place of what the store has of them.' },
    role: {
      value: 'group:NAME',
      times: 'many',
      says: 'Of a token or user: the roles, group:Admin or group:User by default.',
    },
    user: {
      value: 'NAME',
      says: 'Of a token, or of tokens to revoke: whose they are; local-admin or local-user where nothing is said.',
    },
    days: { value: 'N', says: 'Of a token: how many days it is valid; without it for ever.' },
    configuration: { value: 'NAME', says: 'Of a token: the only configuration that it is for.' },
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
  if (unknown !== undefined) throw new UsageError(`${unknown} is no role; there are ${roles.join(', ')}.`)
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
    if (id === null) throw new UsageError('That is no token.')
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
  io.say('Stops: requests are answered, runs end at their next batch.')
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
  if (!url || !/^https?:$/.test(url.protocol)) throw new UsageError(`--origin needs an address of a page, not ${text}.`)
  return url.origin
}

/** The folder of the built app: the one that is named, or `dist` of this clone or package where it is there. */
function appFolder(named: string | undefined): string | null {
  if (named !== undefined) {
    if (!existsSync(join(named, 'index.html'))) throw new UsageError(`${named} holds no built app.`)
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
