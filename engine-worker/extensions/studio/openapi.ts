/**
 * Descriptions of services in OpenAPI 2.0 (Swagger), 3.0 and 3.1, as JSON or YAML: their calls with examples. Nothing is
 * fetched, whatever the description refers to.
 */
import { get } from '../../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'
import { Fault, type Problem, problem } from '../../problem.ts'
import { parsedForEditing } from '../../text/read-file.ts'
import { readYaml } from '../../text/yaml.ts'
import { type Resolver, resolverOf } from './reference.ts'
import { schemaSample } from './sample.ts'
import {
  hasTemplateSigns,
  mostCalls,
  type ServiceCall,
  type ServiceDescription,
  type ServiceParameter,
  usableCalls,
} from './service.ts'
import { signInOf } from './sign-in.ts'

const descriptionUnreadable = problem<{ reason: string }>({
  code: 'studio-description-unreadable',
  severity: 'error',
  says: ({ reason }) => `The description cannot be read: ${reason}.`,
  fix: () => 'Give a file of OpenAPI 2.0, 3.0 or 3.1, as JSON or YAML.',
})

/** A description that nothing can be made of. */
export const noCalls = problem<{ webhooks: boolean }>({
  code: 'studio-no-operations',
  severity: 'error',
  says: ({ webhooks }) =>
    webhooks
      ? 'The description has webhooks alone: what the service sends, and nothing that it could be asked for.'
      : 'Nothing here can be listed, read or written: the text names no operation that could be used.',
})

const openAddress = problem<{ given: string }>({
  code: 'studio-address-open',
  severity: 'warning',
  says: ({ given }) =>
    `The description does not say at which server the service is${given === '' ? '' : `, only: ${given}`}.`,
  fix: () => 'Give the whole address of the service above; left empty, each project is asked for it as base_url.',
})

/** Longer texts are refused: reading them would take minutes. */
const MAX_CHARACTERS = 20_000_000

/** Words that say that several values may be given at once. */
const severalValues = /comma[- ]separated/i

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

/** Whether a text seems to be a description rather than an answer of a service. */
export function isOpenApi(text: string): boolean {
  const names = /(?:^|[\s{,])["']?(?:openapi|swagger)["']?\s*:\s*["']?[23]/m
  if (names.test(text.slice(0, 20_000))) return true
  // What names the version may stand behind everything else.
  if (!names.test(text)) return false
  if (!/^\s*\{/.test(text.replace(/^\uFEFF/, ''))) return /^["']?(?:openapi|swagger)["']?\s*:/m.test(text)
  const read = parsedForEditing(text)
  const document = 'value' in read ? read.value : null
  return document === null || (isObject(document) && versionOf(document) !== undefined)
}

/**
 * The service that a text describes.
 * @throws Fault `studio-description-unreadable` with the place, or `studio-no-operations`
 */
export function readOpenApi(text: string): ServiceDescription {
  const document = documentOf(text)
  const resolver = resolverOf(document)
  const { calls, all } = callsIn(document, resolver)
  const usable = usableCalls(calls, all)
  const info = get(document, 'info')
  const title = isObject(info) ? get(info, 'title') : undefined
  const problems: readonly Problem[] = [...usable.problems, ...resolver.problems()]
  const webhooks = calls.length === 0 && isObject(get(document, 'webhooks'))
  const none = noCalls({ webhooks }, { path: [webhooks ? 'webhooks' : 'paths'] })
  if (usable.calls.length === 0) throw new Fault(problems.find(({ severity }) => severity === 'warning') ?? none)
  const address = addressOf(document)
  return {
    title: typeof title === 'string' ? title.slice(0, 200) : '',
    address,
    signIn: signInOf(document, resolver),
    calls: usable.calls,
    problems: address === '' ? [openAddress({ given: givenAddress(document) }), ...problems] : problems,
  }
}

/** What the description says of the address where that is no whole one. */
function givenAddress(document: JsonObject): string {
  const servers = get(document, 'servers')
  const [first] = Array.isArray(servers) ? servers : []
  const given = (isObject(first) ? get(first, 'url') : undefined) ?? get(document, 'basePath')
  return typeof given === 'string' && !hasTemplateSigns(given) ? given.slice(0, 200) : ''
}

function documentOf(text: string): JsonObject {
  if (text.length > MAX_CHARACTERS)
    throw unreadableFault(`it is longer than ${MAX_CHARACTERS / 1_000_000} million characters`)
  const plain = text.replace(/^\uFEFF/, '')
  const document = /^\s*[{[]/.test(plain) ? jsonOf(plain) : yamlOf(plain)
  if (!isObject(document)) throw unreadableFault('it is not an object')
  if (!/^[23]/.test(String(versionOf(document) ?? ''))) throw unreadableFault('it names no version of OpenAPI')
  return document
}

function versionOf(document: JsonObject): Json | undefined {
  return get(document, 'openapi') ?? get(document, 'swagger')
}

function jsonOf(text: string): Json {
  const read = parsedForEditing(text)
  if ('problem' in read) throw new Fault(read.problem)
  return read.value
}

function yamlOf(text: string): Json {
  const read = readYaml(text)
  if ('json' in read) return read.json
  throw new Fault(descriptionUnreadable({ reason: read.reason.replace(/\.$/, '') }, read.where))
}

function unreadableFault(reason: string): Fault {
  return new Fault(descriptionUnreadable({ reason }))
}

/** The beginning of all addresses; empty where it is relative, or varies and has no default. */
function addressOf(document: JsonObject): string {
  const host = get(document, 'host')
  if (typeof host === 'string') {
    const schemes = get(document, 'schemes')
    const scheme = Array.isArray(schemes) && !schemes.includes('https') ? schemes[0] : 'https'
    const base = get(document, 'basePath')
    return plainAddress(
      `${typeof scheme === 'string' ? scheme : 'https'}://${host}${typeof base === 'string' ? base : ''}`,
    )
  }
  const servers = get(document, 'servers')
  for (const server of Array.isArray(servers) ? servers.filter(isObject) : []) {
    const variables = get(server, 'variables')
    const url = String(get(server, 'url') ?? '').replace(/\{([^{}]*)\}/g, (_, name: string) => {
      const variable = isObject(variables) ? get(variables, name) : undefined
      const choices = isObject(variable) ? get(variable, 'enum') : undefined
      const value =
        (isObject(variable) ? get(variable, 'default') : undefined) ?? (Array.isArray(choices) && choices[0])
      // What stays open is no address.
      return typeof value === 'string' && value !== '' ? value : '{}'
    })
    const address = plainAddress(url)
    if (address !== '') return address
  }
  return ''
}

/** An address of a server without a slash at its end; empty where the text is none. */
export function plainAddress(text: string): string {
  const url = /^https?:\/\/[^\s{}$%?#@]+$/i.test(text) && URL.canParse(text) ? text : ''
  return url.replace(/\/+$/, '')
}

/** The calls that are read, and how many there are: a description may hold more than anybody can look through. */
function callsIn(document: JsonObject, resolver: Resolver) {
  const paths = get(document, 'paths')
  const calls: ServiceCall[] = []
  let all = 0
  for (const [path, json] of isObject(paths) ? Object.entries(paths) : []) {
    // What stands behind a number sign is no part of a request: `/files/{id}#get_shared_link`.
    if (path.includes('#')) continue
    all += isObject(json) ? methods.filter((method) => get(json, method) !== undefined).length : 0
    if (calls.length < mostCalls) calls.push(...callsOf(path, json, document, resolver))
  }
  return { calls, all }
}

function callsOf(path: string, json: Json, document: JsonObject, resolver: Resolver): readonly ServiceCall[] {
  const item = resolver.follow(json)
  if (item === null || !path.startsWith('/')) return []
  const shared = listOf(get(item, 'parameters'))
  return methods.flatMap((method): ServiceCall[] => {
    const operation = get(item, method)
    if (!isObject(operation)) return []
    const parameters = [...shared, ...listOf(get(operation, 'parameters'))].map((each) => resolver.follow(each))
    const body = bodyOf(operation, parameters, document, resolver)
    const answer = answerOf(operation, resolver)
    return [
      {
        method: method.toUpperCase(),
        path,
        says: String(get(operation, 'summary') ?? get(operation, 'operationId') ?? '').slice(0, 200),
        parameters: parameters
          .map((each) => parameterOf(each, resolver, String(get(operation, 'description') ?? '')))
          .filter((each) => each !== null),
        payloadType: body.type,
        request: body.sample,
        answer: answer.sample,
        answerHeaders: answer.headers,
        recorded: [],
      },
    ]
  })
}

function parameterOf(json: JsonObject | null, resolver: Resolver, says: string): ServiceParameter | null {
  if (json === null) return null
  const [name, place] = [get(json, 'name'), get(json, 'in')]
  if (typeof name !== 'string' || (place !== 'query' && place !== 'header')) return null
  // Version 2.0 has the type of a parameter beside its name.
  const schema = resolver.follow(get(json, 'schema')) ?? json
  const maximum = get(schema, 'maximum')
  const all = allChoices(json, schema, resolver, says)
  const choices = get(schema, 'enum')
  const fixed = all ?? get(schema, 'default') ?? (Array.isArray(choices) ? choices[0] : undefined)
  return {
    name,
    in: place,
    required: get(json, 'required') === true,
    example: get(json, 'example') ?? get(schema, 'example') ?? fixed,
    fixed,
    all,
    isText: ['string', 'array', 'object'].includes(String(get(schema, 'type'))),
    maximum: typeof maximum === 'number' ? maximum : null,
  }
}

/** All choices of a parameter, with commas between them, where the description lets several be given. */
function allChoices(json: JsonObject, schema: JsonObject, resolver: Resolver, says: string): string | undefined {
  const items = resolver.follow(get(schema, 'items'))
  const several = items === null ? undefined : get(items, 'enum')
  if (Array.isArray(several)) return several.map(String).join(',')
  const choices = get(schema, 'enum')
  const isList = severalValues.test(`${says} ${get(json, 'description') ?? ''}`)
  return isList && Array.isArray(choices) ? choices.map(String).join(',') : undefined
}

interface DescribedBody {
  readonly type: ServiceCall['payloadType']
  readonly sample: Json | undefined
}

const contentTypes: readonly (readonly [RegExp, ServiceCall['payloadType']])[] = [
  [/[/+]json\b/, 'json'],
  [/x-www-form-urlencoded/, 'form'],
  [/multipart\/form-data/, 'multipart-form'],
]

function bodyOf(
  operation: JsonObject,
  parameters: readonly (JsonObject | null)[],
  document: JsonObject,
  resolver: Resolver,
): DescribedBody {
  const body = resolver.follow(get(operation, 'requestBody'))
  const content = body === null ? undefined : get(body, 'content')
  if (isObject(content)) {
    for (const [pattern, type] of contentTypes) {
      const found = Object.keys(content).find((each) => pattern.test(each))
      if (found !== undefined) return { type, sample: sampleOfMedia(get(content, found), resolver) }
    }
  }
  const inBody = parameters.find((each) => each !== null && get(each, 'in') === 'body')
  const consumes = [...listOf(get(operation, 'consumes')), ...listOf(get(document, 'consumes'))].map(String)
  const type = contentTypes.find(([pattern]) => consumes.some((each) => pattern.test(each)))?.[1] ?? 'json'
  return { type, sample: inBody ? schemaSample(get(inBody, 'schema'), resolver) : undefined }
}

/** The first good answer: a sample of its body, and the names of its headers. */
function answerOf(operation: JsonObject, resolver: Resolver): { sample: Json | undefined; headers: readonly string[] } {
  const responses = get(operation, 'responses')
  const names = isObject(responses) ? Object.keys(responses) : []
  const good = names.find((each) => /^2/.test(each)) ?? names.find((each) => each === 'default')
  const response = isObject(responses) && good !== undefined ? resolver.follow(get(responses, good)) : null
  if (response === null) return { sample: undefined, headers: [] }
  const declared = get(response, 'headers')
  const headers = isObject(declared) ? Object.keys(declared).map((each) => each.toLowerCase()) : []
  const content = get(response, 'content')
  if (isObject(content)) {
    const json = Object.keys(content).find((each) => /[/+]json\b|\*\/\*/.test(each))
    return { sample: json === undefined ? undefined : sampleOfMedia(get(content, json), resolver), headers }
  }
  const examples = get(response, 'examples')
  const given = isObject(examples) ? get(examples, 'application/json') : undefined
  return { sample: given ?? schemaSample(get(response, 'schema'), resolver), headers }
}

function sampleOfMedia(json: Json | undefined, resolver: Resolver): Json | undefined {
  if (!isObject(json)) return undefined
  const example = get(json, 'example')
  if (example !== undefined) return example
  const examples = get(json, 'examples')
  const [first] = isObject(examples) ? Object.values(examples) : []
  const value = resolver.follow(first)
  const given = value === null ? undefined : get(value, 'value')
  return given ?? schemaSample(get(json, 'schema'), resolver)
}

function listOf(json: Json | undefined): readonly Json[] {
  return Array.isArray(json) ? json : []
}
