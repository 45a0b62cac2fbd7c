/** `serve DIR…`: serves configurations with the API of a node; `serve token` issues tokens for it. */
import process from 'node:process'
import { startServer } from '../server/server.ts'
import { issueToken } from '../server/token.ts'
import { serverKeys } from '../server/vault.ts'
import type { Arguments } from './arguments.ts'
import { command, type ExitCode, type Io } from './define.ts'
import { UsageError } from './usage-error.ts'

const PORT = 9042
const roles = ['group:Admin', 'group:Developer', 'group:User', 'group:Guest']

export const serveCommand = command({
  name: 'serve',
  says: 'Serves configurations with the API of a node; "serve token" prints a token for it.',
  further: ['DIR…'],
  options: {
    store: { value: 'DIR', times: 'needed', says: 'Where data, keys and configurations are kept.' },
    port: { value: 'N', says: `The port, ${PORT} by default; 0 takes a free one.` },
    host: { value: 'ADDRESS', says: 'The address to listen at, 127.0.0.1 by default: only this machine can call.' },
    name: { value: 'NAME', times: 'many', says: 'Names by which the server may be called besides localhost.' },
    engines: { value: 'N', says: 'Lets ten pumps run at once for each, 1 by default; all work is done by one thread.' },
    profile: { value: 'NAME', says: 'Takes variables from NAME-env.json instead of test-env.json.' },
    import: { says: 'Takes the folders in again, in the place of what the store has of them.' },
    role: { value: 'group:NAME', times: 'many', says: 'Of a token: its roles, group:Admin by default.' },
    user: { value: 'NAME', says: 'Of a token: whose it is.' },
    days: { value: 'N', says: 'Of a token: how many days it is valid; without it for ever.' },
    configuration: { value: 'NAME', says: 'Of a token: the only configuration that it is for.' },
  },
  run: async (given, io) => (given.argument === 'token' ? printToken(given, io) : runServer(given, io)),
})

async function printToken(given: Arguments, io: Io): Promise<ExitCode> {
  if (given.further.length > 0) throw new UsageError('serve token takes no folder.')
  const wanted = given.many('role')
  const unknown = wanted.find((role) => !/^(group:)?[\w.-]+$/.test(role))
  if (unknown !== undefined) throw new UsageError(`${unknown} is no role; there are ${roles.join(', ')}.`)
  const { tokens } = await serverKeys(given.one('store') ?? '')
  const days = given.one('days')
  const request = {
    user: given.one('user') ?? 'local',
    roles: wanted.length === 0 ? ['group:Admin'] : wanted,
    configuration: given.one('configuration') ?? null,
    days: days === undefined ? null : wholeNumber('days', days, 1),
  }
  io.out(`${issueToken(tokens, request, Date.now())}\n`)
  return 0
}

async function runServer(given: Arguments, io: Io): Promise<ExitCode> {
  const port = wholeNumber('port', given.one('port') ?? String(PORT), 0)
  const host = given.one('host') ?? '127.0.0.1'
  const server = await startServer({
    folders: [given.argument, ...given.further].filter((folder) => folder !== ''),
    store: given.one('store') ?? '',
    port,
    host,
    names: given.many('name'),
    engines: wholeNumber('engines', given.one('engines') ?? '1', 1),
    imports: given.has('import'),
    profile: given.one('profile') ?? 'test',
    say: io.say,
  })
  const shown = host.includes(':') ? `[${host}]` : host
  for (const name of server.configurations) {
    io.out(`http://${shown}:${server.port}${name === '' ? '' : `/${encodeURIComponent(name)}`}/api\n`)
  }
  await asked()
  io.say('Stops: requests are answered, runs end at their next batch.')
  await server.close()
  return 0
}

/** Resolves when the process is asked to end; asked again, it ends at once. */
function asked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

function wholeNumber(option: string, text: string, least: number): number {
  if (!/^\d{1,6}$/.test(text) || Number(text) < least)
    throw new UsageError(`--${option} needs a whole number of at least ${least}, not ${text}.`)
  return Number(text)
}
