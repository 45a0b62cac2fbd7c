/** What a service offers, however it became known: from its description (openapi.ts) or from answers of it (answers.ts). */
import type { Json, JsonObject } from '../../entity/value.ts'
import { type Problem, problem } from '../../problem.ts'

/** How a service wants to be signed in to. */
export type ServiceSignIn =
  | { readonly way: 'none' | 'bearer' | 'basic' }
  /** The key goes into the header or the parameter of this name. */
  | { readonly way: 'header' | 'query'; readonly name: string }
  | { readonly way: 'oauth2'; readonly loginUrl: string; readonly tokenUrl: string; readonly scopes: readonly string[] }

/** A parameter of a call. */
export interface ServiceParameter {
  readonly name: string
  readonly in: 'query' | 'header'
  readonly required: boolean
  /** A value that the description gives or allows. */
  readonly example: Json | undefined
  /** A value that can be sent as it is: the default, a choice, or all choices where several may be given at once. */
  readonly fixed: Json | undefined
  /** All choices, where several may be given at once. */
  readonly all: string | undefined
  /** Whether it takes texts rather than numbers. */
  readonly isText: boolean
  /** The largest number that is allowed; null where nothing is said. */
  readonly maximum: number | null
}

/** One request that a service answers. */
export interface ServiceCall {
  /** In capital letters. */
  readonly method: string
  /** Begins with a slash and has `{name}` in the place of each part that varies: `/pets/{petId}`. */
  readonly path: string
  readonly says: string
  readonly parameters: readonly ServiceParameter[]
  /** How the payload is written, as `payload-type` of an operation has it. */
  readonly payloadType: 'json' | 'form' | 'multipart-form'
  /** An example of the body that is sent, and of the answer; undefined where nothing is known of it. */
  readonly request: Json | undefined
  readonly answer: Json | undefined
  /** Names of headers of the answer, in lower case. */
  readonly answerHeaders: readonly string[]
  /** Answers that the service gave, in the form of `testdata/<pipe>.answers.json`. */
  readonly recorded: readonly JsonObject[]
}

/** A service. */
export interface ServiceDescription {
  readonly title: string
  /** The beginning of all addresses, without a slash at its end; empty where it is not known. */
  readonly address: string
  readonly signIn: ServiceSignIn
  readonly calls: readonly ServiceCall[]
  readonly problems: readonly Problem[]
}

const tooMany = problem<{ what: string; kept: number; all: number }>({
  code: 'studio-too-many',
  severity: 'warning',
  says: ({ what, kept, all }) => `Only the first ${kept} of ${all} ${what} were read.`,
})

const templateSigns = problem<{ call: string }>({
  code: 'studio-template-signs',
  severity: 'warning',
  says: ({ call }) => `${call} was left out: its description contains template syntax, which would be executed.`,
  fix: () => 'Write the operation by hand if you trust the description.',
})

/** More calls than this are left out. */
export const mostCalls = 5_000

/** `{{ … }}` and the like: where a description holds them, what is made of it would do what they say. */
const signPattern = /\{\{|\{%|\{#|\$(?:ENV|SECRET)\(/

/** Whether a text from outside would be carried out as a template or replaced as a variable. */
export function hasTemplateSigns(text: string): boolean {
  return signPattern.test(text)
}

/** The calls that can be used: no more than a person can look through, and none whose words are templates. */
export function usableCalls(
  calls: readonly ServiceCall[],
  all = calls.length,
): Pick<ServiceDescription, 'calls' | 'problems'> {
  const problems: Problem[] = []
  const kept = calls.slice(0, mostCalls).filter(({ method, path, parameters }) => {
    const texts = [path, ...parameters.flatMap(({ name, example }) => [name, JSON.stringify(example ?? '')])]
    if (!texts.some(hasTemplateSigns)) return true
    problems.push(templateSigns({ call: `${method} ${path.slice(0, 200)}` }))
    return false
  })
  if (all > mostCalls) problems.push(tooMany({ what: 'operations', kept: mostCalls, all }))
  return { calls: kept, problems: problems.slice(0, 20) }
}
