/** Configuration that a manifest of a microservice makes: a system, and a pipe for each path that is to be read. */
import { get, put } from '../../entity/dict.ts'
import { readJson } from '../../entity/json.ts'
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'
import { Fault } from '../../problem.ts'
import type { Microservice, MicroserviceVariable } from './manifest.ts'

/** A pipe that reads a path, and the examples of its entities as test data. */
interface ReadingPipe {
  readonly id: string
  readonly config: JsonObject
  readonly examples: readonly Json[]
}

/** The pipe that reads a path of a system into a dataset of its own. */
export function readingPipe(system: string, path: string, { manifest }: Microservice): ReadingPipe {
  const known = manifest.paths?.[path]
  const name = path
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
  const since: JsonObject = known?.since === true ? { supports_since: true } : {}
  const schema = manifest.entities?.[known?.entity ?? ''] ?? null
  const examples = isObject(schema) ? get(schema, 'examples') : undefined
  const id = `${system}-${name === '' ? 'all' : name}`
  return {
    id,
    config: {
      _id: id,
      type: 'pipe',
      source: { type: 'json', system, url: path, ...since },
      ...(known?.description === undefined ? {} : { description: known.description }),
    },
    examples: Array.isArray(examples) ? examples : [],
  }
}

/** What was typed for the environment of a microservice, by the names of its variables. */
export type EnvironmentTexts = Readonly<Record<string, string>>

/** The system that runs a microservice, and the secrets that it names, by their names. */
export function runningSystem(
  id: string,
  template: Json,
  { manifest }: Microservice,
  { texts, quotas }: { readonly texts: EnvironmentTexts; readonly quotas: JsonObject },
): { readonly config: JsonObject; readonly secrets: Readonly<Record<string, string>> } {
  const base = isObject(template) ? template : {}
  const container = get(base, 'docker') ?? null
  const docker = isObject(container) ? container : {}
  const initial = get(docker, 'environment') ?? null
  const environment: JsonObject = isObject(initial) ? { ...initial } : {}
  const secrets: Record<string, string> = {}
  for (const [name, variable] of Object.entries(manifest.environment ?? {})) {
    const text = Object.hasOwn(texts, name) ? (texts[name] ?? '') : ''
    if (text === '') continue
    const secret = name.toLowerCase()
    if (variable.secret) put(secrets, secret, text)
    put(environment, name, variable.secret ? `$SECRET(${secret})` : typedValue(text, variable.type ?? 'text'))
  }
  const whole = Object.keys(environment).length === 0 ? docker : { ...docker, environment }
  return { config: { ...base, _id: id, docker: { ...whole, ...quotas } }, secrets }
}

/** A text as what a variable holds; as it is where it is something else. */
function typedValue(text: string, type: NonNullable<MicroserviceVariable['type']>): Json {
  if (type === 'text') return text
  try {
    return readJson(text)
  } catch (error) {
    if (error instanceof Fault) return text
    throw error
  }
}
