/**
 * A service as its answers show it: one answer that was pasted, with the address that gave it, or the requests of a browser
 * as a HAR file. Parts of addresses that look like keys become parameters.
 */
import { answersOfHar } from '../../connectors/har.ts'
import { get } from '../../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'
import { Fault, type Problem, problem } from '../../problem.ts'
import { parsedForEditing } from '../../text/read-file.ts'
import { groupedBy } from './group-by.ts'
import { plainAddress } from './openapi.ts'
import { formatOfJson, formatOfText, otherFormat } from './other-formats.ts'
import { type ServiceCall, type ServiceDescription, type ServiceParameter, usableCalls } from './service.ts'

const notAnswer = problem<{ reason: string }>({
  code: 'studio-answer-unreadable',
  severity: 'error',
  says: ({ reason }) => `The answer cannot be read: ${reason}.`,
  fix: () => 'Paste the JSON that the service answers with, a HAR file of a browser, or an OpenAPI file.',
})

const noAddress = problem<Record<string, never>>({
  code: 'studio-address-missing',
  severity: 'warning',
  says: () => 'It is not known which address gave this answer, so the addresses of the operations are guesses.',
  fix: () => 'Give the address of the request, with its parameters.',
})

const MAX_CHARACTERS = 20_000_000

/**
 * The service that answered.
 * @param address where a single answer came from, such as `https://api.example.org/v1/customers?page=1`
 * @throws Fault `studio-answer-unreadable`, or a problem of JSON with its place
 */
export function readResponses(text: string, address: string): ServiceDescription {
  if (text.length > MAX_CHARACTERS)
    throw unreadableFault(`it is longer than ${MAX_CHARACTERS / 1_000_000} million characters`)
  const format = formatOfText(text)
  if (format !== null) throw new Fault(otherFormat({ format }, { line: 1, column: 1 }))
  const read = parsedForEditing(text.replace(/^\uFEFF/, ''))
  if ('problem' in read) throw new Fault(read.problem)
  const answer = read.value
  const described = formatOfJson(answer)
  if (described !== null) throw new Fault(otherFormat({ format: described }, { line: 1, column: 1 }))
  if (isHar(answer)) return serviceOf(answersOfHar(text).records.filter(isJsonAnswer), [])
  if (!isObject(answer) && !Array.isArray(answer)) throw unreadableFault('it is neither an object nor a list')
  const given = address.trim()
  const url = URL.canParse(given) ? given : 'https://example.org/items'
  const record = { url, method: 'GET', answer }
  const service = serviceOf([record], url === given ? [] : [noAddress({})])
  return url === given ? service : { ...service, address: '', title: '' }
}

function unreadableFault(reason: string): Fault {
  return new Fault(notAnswer({ reason }))
}

function isHar(json: Json): boolean {
  const log = isObject(json) ? get(json, 'log') : undefined
  return isObject(log) && Array.isArray(get(log, 'entries'))
}

/** Pages, pictures and the like are no answers to make entities of. */
function isJsonAnswer(record: JsonObject): boolean {
  const answer = get(record, 'answer') ?? null
  return (typeof answer === 'object' && answer !== null) || get(record, 'method') === 'DELETE'
}

function serviceOf(records: readonly JsonObject[], more: readonly Problem[]): ServiceDescription {
  const byServer = groupedBy(records, originOf)
  const [origin = '', own = []] = [...byServer].sort(([, a], [, b]) => b.length - a.length)[0] ?? []
  const base = commonStart(own.map((record) => new URL(String(get(record, 'url'))).pathname))
  const byCall = groupedBy(own, (record) => `${get(record, 'method')} ${pathOf(record, base)}`)
  const calls = [...byCall.values()].map((group) => callOf(group, base))
  const { calls: usable, problems } = usableCalls(calls)
  if (usable.length === 0) throw unreadableFault('it holds no answer in JSON')
  const host = URL.canParse(origin) ? new URL(origin).hostname : ''
  return {
    title: host.replace(/^(?:www|api)\./, ''),
    address: plainAddress(origin + base),
    signIn: { way: 'none' },
    calls: usable,
    problems: [...more, ...problems],
  }
}

function originOf(record: JsonObject): string {
  const url = String(get(record, 'url'))
  return URL.canParse(url) ? new URL(url).origin : ''
}

/** What the paths of all addresses begin with and that names no collection: `/api/v1`. */
function commonStart(paths: readonly string[]): string {
  const [first = '', ...others] = paths
  const segments = first.split('/').slice(1, -1)
  const isBase = (segment: string, at: number) =>
    /^(?:api|rest|services?|public|v?\d+(?:\.\d+)*)$/i.test(segment) &&
    others.every((path) => path.split('/')[at + 1] === segment)
  const end = segments.findIndex((segment, at) => !isBase(segment, at))
  const kept = end < 0 ? segments : segments.slice(0, end)
  return kept.map((segment) => `/${segment}`).join('')
}

/** The path of an address with parameters for keys: `/customers/{id}`. */
function pathOf(record: JsonObject, base: string): string {
  const { pathname } = new URL(String(get(record, 'url')))
  const segments = pathname.slice(base.length).split('/').filter(Boolean)
  const named = segments.map((segment, at) => (at > 0 && isKey(segment) ? '{id}' : segment.replace(/[{}]/g, '')))
  return `/${named.join('/')}`
}

/** Numbers, UUIDs and long texts with digits tell one thing from others. */
function isKey(segment: string): boolean {
  return /^\d+$/.test(segment) || /^[\da-f]{8}-[\da-f-]{27}$/i.test(segment) || /^(?=.*\d)[\w-]{12,}$/.test(segment)
}

function callOf(records: readonly JsonObject[], base: string): ServiceCall {
  const [first = {}] = records
  const body = get(first, 'body')
  const headers = get(first, 'headers')
  return {
    method: String(get(first, 'method')),
    path: pathOf(first, base),
    says: '',
    parameters: parametersOf(records),
    payloadType: 'json',
    request: typeof body === 'string' ? jsonIn(body) : undefined,
    answer: get(first, 'answer'),
    answerHeaders: isObject(headers) ? Object.keys(headers).map((name) => name.toLowerCase()) : [],
    recorded: records,
  }
}

function parametersOf(records: readonly JsonObject[]): readonly ServiceParameter[] {
  const found = new Map<string, ServiceParameter>()
  for (const record of records)
    for (const [name, example] of new URL(String(get(record, 'url'))).searchParams)
      if (!found.has(name)) found.set(name, parameterOf(name, example))
  return [...found.values()]
}

function parameterOf(name: string, example: string): ServiceParameter {
  const isText = example !== '' && !/^\d+$/.test(example)
  return { name, in: 'query', required: false, example, fixed: example, all: undefined, isText, maximum: null }
}

function jsonIn(text: string): Json | undefined {
  const read = parsedForEditing(text)
  return 'value' in read ? read.value : undefined
}
