/** All kinds of authentication, and what follows from the ones that a system uses. */

import type { Field } from '../../config/model/define.ts'
import { choiceField } from '../../config/model/field.ts'
import type { EffectiveSystem } from '../../config/project/effective.ts'
import type { JsonObject } from '../../entity/value.ts'
import type { RunContext } from '../runtime.ts'
import { basicAuthentication } from './basic.ts'
import { customAuthentication } from './custom.ts'
import type { AuthenticationContext, AuthenticationDeclaration, RunOperation, TokenValues } from './define.ts'
import { digestAuthentication } from './digest.ts'
import { jwtAuthentication } from './jwt.ts'
import { ntlmAuthentication } from './ntlm.ts'
import { oauth2Authentication } from './oauth2.ts'
import { tripletexAuthentication } from './tripletex.ts'

/** Those that the property `authentication` chooses. */
const optionalKinds: readonly AuthenticationDeclaration[] = [
  basicAuthentication,
  digestAuthentication,
  ntlmAuthentication,
  jwtAuthentication,
  tripletexAuthentication,
]

const authenticationKinds: readonly AuthenticationDeclaration[] = [
  ...optionalKinds,
  oauth2Authentication,
  customAuthentication,
]

function kindsOf(system: JsonObject): readonly AuthenticationDeclaration[] {
  return authenticationKinds.filter(({ applies }) => applies(system))
}

/** The property `authentication` with the given kinds, and the properties that belong to them, each shown with its kinds alone. */
export function authenticationFields(
  names: readonly string[] = optionalKinds.map(({ name }) => name),
): readonly Field[] {
  const offered = optionalKinds.filter(({ name }) => names.includes(name))
  const fields = new Map<string, Field>()
  for (const field of offered.flatMap((kind) => kind.fields)) {
    const ways = offered.filter((kind) => kind.fields.some(({ name }) => name === field.name)).map(({ name }) => name)
    fields.set(field.name, { ...field, when: field.when ?? { authentication: ways } })
  }
  const choices = offered.map(({ name }) => name)
  const { doc } = basicAuthentication
  return [
    choiceField('authentication', choices, 'How to log in; nothing when absent.', undefined, { aim: 'sign-in', doc }),
    ...fields.values(),
  ]
}

/** Headers by which a system logs in, with secrets as names. */
export function loginHeaders(system: JsonObject): Record<string, string> {
  return Object.assign({}, ...kindsOf(system).map(({ headers }) => headers?.(system) ?? {}))
}

/** The kind of authentication for which only Sesam can send requests to the system, or undefined. */
export function unavailableLogin(system: JsonObject): string | undefined {
  return kindsOf(system).find(({ sesamOnly }) => sesamOnly)?.name
}

/** Headers that are got when a request leaves. */
export async function authorizationHeaders(context: AuthenticationContext): Promise<Record<string, string>> {
  const headers: Record<string, string> = {}
  for (const { authorize } of kindsOf(context.system.config)) Object.assign(headers, await authorize?.(context))
  return headers
}

/** Variables for the templates of a system whose tokens its own operations give. */
export async function tokenValues(
  system: EffectiveSystem,
  running: RunContext,
  run: RunOperation,
): Promise<TokenValues> {
  const values: Record<string, unknown> = {}
  for (const { tokens } of kindsOf(system.config)) Object.assign(values, await tokens?.(system, running, run))
  return values
}

/** Whether templates of a system know tokens. */
export function hasTokens(system: JsonObject): boolean {
  return kindsOf(system).some(({ tokens }) => tokens !== undefined)
}
