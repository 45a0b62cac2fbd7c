/**
 * Signing in to the services of systems, for a page: the requests leave from the engine, so that a person has allowed their
 * servers; the windows, and the place where tokens are kept, are the page's.
 */
import { objectSetting } from '../config/model/setting.ts'
import { effectiveSystem } from '../config/project/effective.ts'
import { revealSecrets } from '../config/project/variables.ts'
import { type SignInChoices, settingsToSignIn } from '../connectors/auth/accounts.ts'
import {
  startSignIn as begin,
  discoverServer,
  completeSignIn as finish,
  type PendingSignIn,
  revokeTokens,
  type SignInContext,
  type SignInSettings,
} from '../connectors/auth/sign-in.ts'
import type { KeptTokens } from '../connectors/auth/tokens.ts'
import { get } from '../entity/dict.ts'
import { isObject, type JsonObject } from '../entity/value.ts'
import { Fault, problem } from '../problem.ts'
import { type CallContext, capability } from './capability.ts'
import type { EngineHost } from './host.ts'

const noSignIn = problem<{ system: string }>({
  code: 'sign-in-no-oauth2',
  severity: 'error',
  says: ({ system }) => `The system ${system} has no oauth2 to sign in with.`,
  fix: () => 'Give it oauth2 with token_url and client_id.',
})

function contextOf(host: EngineHost): SignInContext {
  const { environment, fetch } = host.platform
  return { environment, fetch: fetch ?? (() => Promise.reject(new Error('there is no network'))) }
}

/** What the configuration of a system says of signing in; secrets that have no value here are left out. */
export const signInConfiguration = capability('signInConfiguration', 'page', async (system: string, { host }) => {
  const { settings, clientId } = settingsOf(host, system, { authorizationUrl: '' })
  const { tokenUrl, scope = '' } = settings.client
  return { tokenUrl, scope, clientId }
})

function settingsOf(host: EngineHost, id: string, choices: SignInChoices) {
  const { project } = host.current().session
  const system = effectiveSystem(project, id)
  if (!system || !isObject(get(system.config, 'oauth2'))) throw new Fault(noSignIn({ system: id }, { system: id }))
  const config = {
    oauth2: filledConfig(objectSetting(system.config, 'oauth2'), (name) => project.secrets.get(name) ?? null),
  }
  const settings = settingsToSignIn({ config }, choices)
  return { settings, clientId: settings.client.clientId }
}

/** The texts whose secrets all have a value. */
function filledConfig(config: JsonObject, secret: (name: string) => string | null): JsonObject {
  const filled = Object.entries(config).map(([name, value]) => {
    const text = typeof value === 'string' ? revealSecrets(value, secret) : value
    return [name, typeof text === 'string' && text.includes('$SECRET(') ? '' : text]
  })
  return Object.fromEntries(filled)
}

/** The addresses that an authorization server tells. */
export const discoverSignIn = capability('discoverSignIn', 'page', (issuer: string, { host }) =>
  discoverServer(issuer, contextOf(host)),
)

interface BeginRequest {
  readonly system: string
  readonly choices: SignInChoices
  readonly redirectUri: string
}

/** Where the person is to go, and what is needed when they come back. */
export const beginSignIn = capability(
  'beginSignIn',
  'page',
  async ({ system, choices, redirectUri }: BeginRequest, { host }) => {
    const { settings } = settingsOf(host, system, choices)
    return begin(settings, redirectUri, contextOf(host))
  },
)

interface FinishRequest extends Omit<BeginRequest, 'redirectUri'> {
  readonly pending: PendingSignIn
  /** The query of the address that the person came back to. */
  readonly query: string
}

/** The tokens for what came back, and how they were got. */
export const finishSignIn = capability(
  'finishSignIn',
  'page',
  async ({ system, choices, pending, query }: FinishRequest, { host }) => {
    const { settings } = settingsOf(host, system, choices)
    return { settings, ...(await finish(settings, pending, query, contextOf(host))) }
  },
)

interface RevokeRequest {
  readonly settings: SignInSettings
  readonly tokens: KeptTokens
}

/** Takes tokens back at the service; whether it was asked. */
export const revokeSignIn = capability('revokeSignIn', 'page', ({ settings, tokens }: RevokeRequest, { host }) =>
  revokeTokens(settings, tokens, contextOf(host)),
)

/** New tokens of a system wait to be kept. */
interface TokensQuestion {
  readonly question: number
  readonly system: string
  readonly tokens: KeptTokens
}

/**
 * From now on the engine uses these tokens, and new ones are an event first, and are used when {@link tokensKept} says
 * that they are kept. Ends when the request is aborted.
 */
export const useTokens = capability(
  'useTokens',
  'page',
  (tokens: Readonly<Record<string, KeptTokens>>, { host, onEvent, signal }: CallContext<TokensQuestion>) => {
    host.tokens.use(new Map(Object.entries(tokens)), onEvent)
    return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
  },
)

/** New tokens are kept, or why they are not. */
export const tokensKept = capability(
  'tokensKept',
  'page',
  async ({ question, failure }: { readonly question: number; readonly failure: string | null }, { host }) => {
    host.tokens.kept(question, failure)
  },
)
