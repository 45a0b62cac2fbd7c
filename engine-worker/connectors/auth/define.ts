/**
 * How systems log in: one declaration a kind of authentication, with its properties and what it adds to requests. The
 * fields of systems, their headers and the tokens of REST systems are derived from the declarations (kinds.ts).
 */

import type { Field } from '../../config/model/define.ts'
import type { EffectiveSystem } from '../../config/project/effective.ts'
import type { JsonObject, Value } from '../../entity/value.ts'
import type { HttpResponse } from '../http-exchange.ts'
import type { RunContext } from '../runtime.ts'
import type { TokenStore } from './tokens.ts'

/** What a kind of authentication gets to see when a request is about to leave. Secrets are put in already. */
export interface AuthenticationContext {
  readonly system: EffectiveSystem
  readonly running: RunContext
  /** Sends a form and gives the response, whatever its status is. It is neither shown nor recorded. */
  readonly sendForm: (url: string, form: string) => Promise<Pick<HttpResponse, 'status' | 'text'>>
  /** Keeps the tokens of systems. */
  readonly tokens: TokenStore
  /** Texts that are shown, logged or recorded have the name in the place of this value from now on. */
  readonly hide: (name: string, value: string) => void
  /** Headers with which the server has just answered 401. */
  readonly refused?: Readonly<Record<string, string>>
}

/** Variables for templates. */
export type TokenValues = Readonly<Record<string, unknown>>

/** Carries out an operation of the system with these variables; gives the part of the response that it names. */
export type RunOperation = (name: string, values: TokenValues) => Promise<Value>

/** One kind of authentication. */
export interface AuthenticationDeclaration {
  /** The value of `authentication`, or the property that sets it up. */
  readonly name: string
  /** The page on it in Sesam's documentation, with its place on the page. */
  readonly doc: string
  /** Properties of the system that belong to it. */
  readonly fields: readonly Field[]
  /** Whether a system uses it. */
  readonly applies: (system: JsonObject) => boolean
  /** Headers of every request, also of those that are only shown; secrets are still names. */
  readonly headers?: (system: JsonObject) => Readonly<Record<string, string>>
  /** Headers that are got when a request really leaves. */
  readonly authorize?: (context: AuthenticationContext) => Promise<Readonly<Record<string, string>>>
  /** Variables for the templates of a REST system, got by its own operations. */
  readonly tokens?: (system: EffectiveSystem, running: RunContext, run: RunOperation) => Promise<TokenValues>
  /** Only Sesam can do it: neither a browser nor the command line can. */
  readonly sesamOnly?: true
}

/** Declares a kind of authentication; all of its properties are there to sign in, and lead to its page. */
export function authentication<const A extends AuthenticationDeclaration>(declaration: A): A {
  const { doc } = declaration
  return { ...declaration, fields: declaration.fields.map((field) => ({ ...field, doc, aim: 'sign-in' })) }
}
