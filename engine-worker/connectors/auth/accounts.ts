/**
 * Accounts that a person has signed in to, by system: what of them is kept, and how it is read again. Several accounts of one
 * system are kept side by side; one of them is used.
 */
import { objectSetting, textSetting } from '../../config/model/setting.ts'
import type { EffectiveSystem } from '../../config/project/effective.ts'
import { get } from '../../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'
import { configuredClient } from './oauth2.ts'
import type { ServerAddresses, SignInSettings } from './sign-in.ts'
import type { KeptTokens, OAuthClient } from './tokens.ts'

/** One account of a system. */
export interface SignedInAccount {
  /** As the server calls it, or the person. */
  readonly name: string
  readonly settings: SignInSettings
  readonly tokens: KeptTokens
}

/** What is kept for one system. */
export interface SystemAccounts {
  /** The name of the account that is used. */
  readonly used: string | null
  readonly accounts: readonly SignedInAccount[]
  /** Tokens that the configuration alone gave, where they would otherwise be lost: a refresh token that was rotated. */
  readonly configured?: KeptTokens
}

export const noAccounts: SystemAccounts = { used: null, accounts: [] }

/** With an account that is used from now on; it takes the place of another one of its name. */
export function withAccount(system: SystemAccounts, account: SignedInAccount): SystemAccounts {
  const others = system.accounts.filter(({ name }) => name !== account.name)
  return { ...system, used: account.name, accounts: [...others, account] }
}

/** Without an account; another one is used then, if there is one. */
export function withoutAccount(system: SystemAccounts, name: string): SystemAccounts {
  const accounts = system.accounts.filter((account) => account.name !== name)
  return { ...system, used: system.used === name ? (accounts[0]?.name ?? null) : system.used, accounts }
}

/** The account that is used, or null. */
export function usedAccount({ used, accounts }: SystemAccounts): SignedInAccount | null {
  return accounts.find(({ name }) => name === used) ?? null
}

/** The tokens that requests to the system are sent with, or null. */
export function tokensOfSystem(system: SystemAccounts): KeptTokens | null {
  return usedAccount(system)?.tokens ?? system.configured ?? null
}

/** With other tokens in the place of those that are used. */
export function withTokens(system: SystemAccounts, tokens: KeptTokens): SystemAccounts {
  const account = usedAccount(system)
  if (tokens.client === undefined) return { ...system, configured: tokens }
  if (!account) return system
  const accounts = system.accounts.map((each) => (each === account ? { ...each, tokens } : each))
  return { ...system, accounts }
}

/** What a person adds to the configuration of a system to sign in. */
export interface SignInChoices {
  readonly authorizationUrl: string
  /** In the place of the configured one, such as a public client for this app. */
  readonly clientId?: string
  readonly clientSecret?: string
  readonly scope?: string
  readonly parameters?: Readonly<Record<string, string>>
  /** What the server tells of itself, where it was asked. */
  readonly found?: ServerAddresses
}

/** How to sign in to a system: its `oauth2` as Sesam has it (secrets put in), and what a person chose. */
export function settingsToSignIn({ config }: Pick<EffectiveSystem, 'config'>, choices: SignInChoices): SignInSettings {
  const { found, authorizationUrl, clientId, clientSecret, scope, parameters } = choices
  const configured = configuredClient(objectSetting(config, 'oauth2'))
  // The configured secret belongs to the configured client.
  const { clientSecret: own, ...open } = configured
  const isOwn = clientId === undefined || clientId === '' || clientId === configured.clientId
  const secret = clientSecret || (isOwn ? own : undefined)
  const client: OAuthClient = {
    ...open,
    ...(isOwn ? {} : { clientId }),
    ...(secret ? { clientSecret: secret } : {}),
    ...(scope ? { scope } : {}),
  }
  const isFound = found?.authorizationUrl === authorizationUrl && found.tokenUrl === client.tokenUrl
  const { tokenUrl: _, ...told } = found ?? { tokenUrl: '' }
  return { ...(isFound ? told : {}), client, authorizationUrl, ...(parameters ? { parameters } : {}) }
}

/** Reads stored accounts; values of another shape are left out. */
export function readAccounts(json: Json | undefined): SystemAccounts {
  if (!isObject(json)) return noAccounts
  const list = get(json, 'accounts')
  const accounts = (Array.isArray(list) ? list : []).flatMap((each) => readAccount(each) ?? [])
  const configured = tokensIn(get(json, 'configured'))
  return { used: textSetting(json, 'used') ?? null, accounts, ...(configured ? { configured } : {}) }
}

/** Reads one account; null where something is missing. */
export function readAccount(json: Json): SignedInAccount | null {
  if (!isObject(json)) return null
  const [settings, tokens] = [get(json, 'settings'), tokensIn(get(json, 'tokens'))]
  const [name, client] = [textSetting(json, 'name'), isObject(settings) ? clientIn(get(settings, 'client')) : null]
  if (!isObject(settings) || !tokens || !client || name === undefined) return null
  return {
    name,
    tokens,
    settings: {
      client,
      authorizationUrl: textSetting(settings, 'authorizationUrl', ''),
      ...stringProperties(settings, ['issuer', 'revocationUrl']),
      ...(get(settings, 'sendsIssuer') === true ? { sendsIssuer: true } : {}),
    },
  }
}

function tokensIn(json: Json | undefined): KeptTokens | null {
  if (!isObject(json)) return null
  const [accessToken, expiresAt, renewAt] = [
    textSetting(json, 'accessToken'),
    get(json, 'expiresAt'),
    get(json, 'renewAt'),
  ]
  if (accessToken === undefined || typeof expiresAt !== 'number' || typeof renewAt !== 'number') return null
  const client = clientIn(get(json, 'client'))
  return {
    accessToken,
    expiresAt,
    renewAt,
    ...stringProperties(json, ['refreshToken', 'basis']),
    ...(client ? { client } : {}),
    ...(get(json, 'ended') === true ? { ended: true } : {}),
  }
}

function clientIn(json: Json | undefined): OAuthClient | null {
  if (!isObject(json)) return null
  const [tokenUrl, clientId] = [textSetting(json, 'tokenUrl'), textSetting(json, 'clientId')]
  if (tokenUrl === undefined || clientId === undefined) return null
  const extra = Object.entries(objectSetting(json, 'extra')).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  )
  return { tokenUrl, clientId, ...stringProperties(json, ['clientSecret', 'scope']), extra: Object.fromEntries(extra) }
}

/** The texts of an object under some of its keys. */
function stringProperties<K extends string>(json: JsonObject, keys: readonly K[]): Partial<Record<K, string>> {
  const found: Partial<Record<K, string>> = {}
  for (const key of keys) {
    const value = get(json, key)
    if (typeof value === 'string') found[key] = value
  }
  return found
}
