/** `login DIR [SYSTEM]`: signs in to a service by OAuth 2.0 in the browser of this machine, for runs that send requests. */
import { effectiveSystem } from '../../config/project/effective.ts'
import { revealSecrets } from '../../config/project/variables.ts'
import type { AccountRow } from '../../connectors/auth/account-list.ts'
import { type SignInChoices, settingsToSignIn } from '../../connectors/auth/accounts.ts'
import { completeSignIn, discoverServer, type SignInSettings, startSignIn } from '../../connectors/auth/sign-in.ts'
import { get } from '../../entity/dict.ts'
import { isObject, type JsonObject } from '../../entity/value.ts'
import { Fault } from '../../problem.ts'
import { printable } from '../problem-text.ts'
import type { AccountPlace } from '../sign-in/account-place.ts'
import { openBrowser } from '../sign-in/browser.ts'
import { listenAtLoopback } from '../sign-in/loopback.ts'
import { accountPlaceOf, serverOptions } from '../sign-in/server-accounts.ts'
import type { Arguments } from './arguments.ts'
import { command, type ExitCode, type Io, jsonOption, profileOption } from './define.ts'
import { machine } from './machine.ts'
import { openFiles } from './project-run.ts'
import { secretsOption, secretValues } from './secret-values.ts'
import { UsageError } from './usage-error.ts'

const WAIT_SECONDS = 300

export const loginCommand = command({
  name: 'login',
  says: 'Signs in to the service of a system by OAuth 2.0, in your browser. Without SYSTEM, it lists the accounts.',
  argument: 'DIR',
  further: ['[SYSTEM]'],
  options: {
    authorize: { value: 'URL', says: 'The address of the sign-in page; not needed where the service publishes it.' },
    issuer: {
      value: 'URL',
      says: 'The issuer address of the authorization server, which publishes its other addresses.',
    },
    'client-id': { value: 'ID', says: 'The client ID to sign in with; that of the system by default.' },
    scope: { value: 'TEXT', says: 'The scopes to ask for, separated by spaces; those of the system by default.' },
    parameter: {
      value: 'NAME=VALUE',
      times: 'many',
      says: 'Further parameters for the sign-in page, such as prompt=login.',
    },
    port: {
      value: 'N',
      says: 'The port of the redirect address http://127.0.0.1:N/login_callback; a free one by default.',
    },
    redirect: {
      value: 'URL',
      says: 'The whole redirect address on this machine, as it is registered with the service.',
    },
    account: { value: 'NAME', says: 'A name for the account; by default the name that the service gives.' },
    use: { value: 'NAME', says: 'Switches to another account that is already signed in.' },
    wait: { value: 'SECONDS', says: `How long to wait for you to sign in; ${WAIT_SECONDS} by default.` },
    'no-browser': { says: 'Prints the address and opens no browser.' },
    ...serverOptions,
    secrets: secretsOption,
    profile: profileOption,
    json: jsonOption,
  },
  run: async (given, io) => {
    const [system, ...more] = given.further
    if (more.length > 0) throw new UsageError('login takes one system at a time.')
    const place = await accountPlaceOf(given)
    if (system === undefined) return printAccounts(await place.rows(), given.has('json'), io)
    const use = given.one('use')
    if (use === undefined) return signIn(system, place, given, io)
    if (!(await place.use(system, use))) throw new UsageError(`There is no account ${use} of ${system}.`)
    io.say(`${system} uses ${use}.`)
    return 0
  },
})

async function signIn(id: string, place: AccountPlace, given: Arguments, io: Io): Promise<ExitCode> {
  const [exact, wait] = [redirectOf(given.one('redirect')), numberOf('wait', given.one('wait') ?? String(WAIT_SECONDS))]
  const { project } = await openFiles(given.argument, { profile: given.one('profile') })
  const system = effectiveSystem(project, id)
  if (!system) throw new UsageError(`There is no system ${id}.`)
  if (!isObject(get(system.config, 'oauth2'))) throw new UsageError(`The system ${id} has no oauth2.`)
  const values = await secretValues(given.one('secrets'))
  const config = withSecretValues(system.config, values)
  const context = { environment: machine, fetch: globalThis.fetch }
  const choices = await choicesOf(config, await place.before(id), given)
  const settings = settingsToSignIn({ config }, choices)
  if (settings.client.clientId.includes('$SECRET('))
    throw new UsageError(
      'The client ID is a secret that has no value here. Give --client-id ID, or the value with --secrets FILE.',
    )
  if (settings.client.clientSecret?.includes('$SECRET(')) {
    // A public client has none; a server that wants one says so.
    io.say('The client secret has no value here, so none is sent. Give it with --secrets FILE if the service wants it.')
  }
  const { clientSecret, ...open } = settings.client
  const client = clientSecret?.includes('$SECRET(') ? open : settings.client
  const redirect = await listenAtLoopback({ port: numberOf('port', given.one('port') ?? '0'), exact })
  try {
    const { address, pending } = await startSignIn({ ...settings, client }, redirect.redirectUri, context)
    io.say(`Sign in here:\n${address}`)
    if (!given.has('no-browser')) openBrowser(address)
    const query = await redirect.answer(pending.state, wait)
    const { tokens, account } = await completeSignIn({ ...settings, client }, pending, query, context)
    const name = given.one('account') ?? account ?? 'account'
    await place.add(id, { name, settings: { ...settings, client }, tokens })
    io.say(`${id} is signed in as ${printable(name)}. Its tokens are ${place.where}.`)
    if (tokens.refreshToken === undefined)
      io.say(`It cannot be renewed: sign in again after ${isoTime(tokens.expiresAt)}.`)
    return 0
  } finally {
    await redirect.close()
  }
}

/** What was given, what the service tells, and what was used the last time, in this order. */
async function choicesOf(config: JsonObject, before: SignInSettings | null, given: Arguments): Promise<SignInChoices> {
  const [authorize, issuer] = [given.one('authorize'), given.one('issuer')]
  const more = {
    ...optionalEntry('clientId', given.one('client-id') ?? before?.client.clientId),
    ...optionalEntry('scope', given.one('scope')),
    parameters: Object.fromEntries(given.many('parameter').map(pairOf)),
  }
  if (issuer !== undefined) {
    const found = await discoverServer(issuer, { fetch: globalThis.fetch })
    return { authorizationUrl: authorize ?? found.authorizationUrl, found, ...more }
  }
  if (authorize !== undefined) return { authorizationUrl: authorize, ...more }
  if (before) {
    const found = { ...before, tokenUrl: before.client.tokenUrl }
    return { authorizationUrl: before.authorizationUrl, found, ...more }
  }
  const { tokenUrl } = settingsToSignIn({ config }, { authorizationUrl: '' }).client
  if (!URL.canParse(tokenUrl)) throw new UsageError(`The token_url ${tokenUrl} is not a web address.`)
  try {
    const found = await discoverServer(new URL(tokenUrl).origin, { fetch: globalThis.fetch })
    return { authorizationUrl: found.authorizationUrl, found, ...more }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    throw new UsageError(
      `${new URL(tokenUrl).host} does not publish where to sign in: give --authorize URL or --issuer URL.`,
    )
  }
}

function optionalEntry<K extends string>(name: K, value: string | undefined): Partial<Record<K, string>> {
  const found: Partial<Record<K, string>> = {}
  if (value !== undefined) found[name] = value
  return found
}

function pairOf(text: string): [string, string] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
  if (name === undefined || value === undefined) throw new UsageError(`--parameter needs NAME=VALUE, not ${text}.`)
  return [name, value]
}

/** The configuration with the secrets that are known here. */
function withSecretValues(config: JsonObject, values: Readonly<Record<string, string>>): JsonObject {
  const filled = Object.entries(config).map(([name, value]) => {
    if (typeof value === 'string')
      return [name, revealSecrets(value, (secret) => (Object.hasOwn(values, secret) ? (values[secret] ?? null) : null))]
    return [name, isObject(value) ? withSecretValues(value, values) : value]
  })
  return Object.fromEntries(filled)
}

function redirectOf(text: string | undefined): URL | null {
  if (text === undefined) return null
  const url = URL.canParse(text) ? new URL(text) : null
  if (
    url?.protocol !== 'http:' ||
    !['localhost', '127.0.0.1', '[::1]'].includes(url.hostname) ||
    url.hash ||
    url.search
  )
    throw new UsageError(`--redirect needs an address on this machine, such as http://localhost:5010/login_callback.`)
  return url
}

function numberOf(option: string, text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new UsageError(`--${option} needs a number, not ${text}.`)
  return Number(text)
}

function printAccounts(rows: readonly AccountRow[], json: boolean, io: Io): ExitCode {
  if (json) io.out(`${JSON.stringify(rows, null, 2)}\n`)
  else
    for (const row of rows) {
      const state = row.ended ? 'ended' : row.renews ? 'renews itself' : `until ${row.expires}`
      io.out(`${printable(row.system)} ${printable(row.account)}${row.used ? ', used' : ''}, ${state}\n`)
    }
  if (rows.length === 0 && !json) io.say('No system is signed in.')
  return 0
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
