/**
 * A connector as a person designs it: what the service seems to offer, suggested from its calls, each part to be switched
 * on or off and changed before files are made of it (make.ts).
 */
import { get } from '../../entity/dict.ts'
import type { Json, JsonObject } from '../../entity/value.ts'
import { Fault, type Problem } from '../../problem.ts'
import { printClientJson } from '../client-json.ts'
import { type CallGroup, groupedCalls, type OperationVerb, operationVerbs } from './groups.ts'
import { isOpenApi, noCalls, readOpenApi } from './openapi.ts'
import { isPagingParameter, type PagingName, pagingNames, pagingOf } from './paging.ts'
import { firstEntityIn, keyCandidates, listIn, wrapperOf } from './payload.ts'
import { readResponses } from './read-responses.ts'
import type { ServiceCall, ServiceSignIn } from './service.ts'
import { type ChangeProperty, changeProperties, sinceParameters } from './since.ts'

/** Stand in addresses for the key of an entity, and of the entity of the parent that is asked about. */
export const keyMark = '{key}'
export const parentMark = '{parent}'

/** An operation of a datatype, as the system of the connector will have it. */
interface StudioOperation {
  readonly isOn: boolean
  /** Without paging and position, which the datatype says. */
  readonly config: JsonObject
  /** The call that it was made from: `GET /pets/{petId}`. */
  readonly from: string
}

/** A datatype that the connector may have. */
export interface StudioDatatype {
  readonly name: string
  readonly label: string
  readonly isOn: boolean
  /** The datatype whose entities are asked about one by one. */
  readonly parent: string | null
  /** The property that tells entities apart, and others that might. */
  readonly key: string
  readonly keys: readonly string[]
  /** What the model makes is sent to the service, too. */
  readonly writes: boolean
  readonly operations: Readonly<Partial<Record<OperationVerb, StudioOperation>>>
  readonly paging: PagingName
  /** The ways that the answers show, with the settings of the operation. */
  readonly pagings: Readonly<Partial<Record<PagingName, JsonObject>>>
  /** The parameter that asks for changes only; null: everything is read each time. */
  readonly since: string | null
  readonly sinceParameters: readonly string[]
  /** The property that says when an entity changed. */
  readonly changed: string | null
  readonly changeProperties: readonly ChangeProperty[]
  /** The property around what is sent: `{"customer": {…}}`. */
  readonly wrapper: string | null
  /** Names of further parameters that the list takes. */
  readonly filters: readonly string[]
  /** Answers to the list as text in the form of recorded answers, for tries without the service; empty: there are none. */
  readonly answers: string
  /** One entity as text; empty where none is known. */
  readonly example: string
}

/** A connector that is being designed. */
export interface StudioDraft {
  /** The name of the service in the names of files: `petstore`. */
  readonly name: string
  readonly title: string
  /** The beginning of all addresses; empty: asked for as `base_url`. */
  readonly address: string
  readonly signIn: ServiceSignIn
  readonly datatypes: readonly StudioDatatype[]
  readonly problems: readonly Problem[]
}

/** More datatypes than this are suggested to be chosen from, not chosen. */
const MAX_PRESELECTED = 12

/**
 * A draft of a connector to the service that a text describes: an OpenAPI file, a HAR file, or an example answer that
 * `address` gave.
 * @throws Fault with the place in the text that cannot be read
 */
export function draftOf(text: string, address = ''): StudioDraft {
  const service = isOpenApi(text) ? readOpenApi(text) : readResponses(text, address)
  const groups = groupedCalls(service.calls)
  const isFew = groups.filter(isCollection).length <= MAX_PRESELECTED
  const suggested = groups.map((group) => datatypeOf(group, isFew && isCollection(group)))
  if (suggested.length === 0) throw new Fault(noCalls({ webhooks: false }))
  const collections = new Set(groups.filter(isCollection).map(({ name }) => name))
  const isSure = ({ isOn, operations }: StudioDatatype) => isOn && !asksForVariables(operations.list)
  const datatypes = suggested.some(isSure) ? suggested.map((each) => ({ ...each, isOn: isSure(each) })) : suggested
  const name = service.title
    .toLowerCase()
    .replace(
      /\b(?:swagger|openapi|open|apis?|rest|the|public|documentation|docs|reference|specification|v?\d+(?:\.\d+)*)\b/g,
      ' ',
    )
  return {
    name: name.replace(/[^a-z0-9]+/g, '').slice(0, 40) || 'service',
    title: service.title || 'Service',
    address: service.address,
    signIn: service.signIn,
    datatypes: datatypes.toSorted((a, b) => rank(a, collections) - rank(b, collections)),
    problems: service.problems,
  }
}

/** What is suggested comes first, then lists of things of their own, with a key, that ask nobody for anything. */
function rank({ name, isOn, keys, operations }: StudioDatatype, collections: ReadonlySet<string>): number {
  if (isOn) return 0
  if (operations.list === undefined) return 3
  return collections.has(name) && keys.length > 0 && !asksForVariables(operations.list) ? 1 : 2
}

/** Whether something that only a person knows stands in the address or the parameters. */
function asksForVariables(operation: StudioOperation | undefined): boolean {
  return operation !== undefined && /\{\{@/.test(JSON.stringify(operation.config))
}

/** The datatypes that can be listed by themselves, whether they are on or not; those whose entities have a key, where some have. */
export function listedDatatypes({ datatypes }: StudioDraft): readonly string[] {
  const suggested = datatypes.filter(({ isOn }) => isOn)
  const listed = datatypes.filter(({ parent, operations }) => parent === null && operations.list !== undefined)
  // Without a key, or with an answer that is no JSON, a list would have to be looked at by a person.
  const keyed = listed.filter(({ keys, example }) => keys.length > 0 && example !== '')
  const taken = [suggested, keyed, listed].find(({ length }) => length > 0) ?? []
  return taken.map(({ name }) => name)
}

/** Whether the group is a list of things of its own, of which there are several. */
function isCollection({ name, calls, parent, isView }: CallGroup): boolean {
  return parent === null && !isView && listIn(calls.list?.answer, name) !== null
}

function datatypeOf(group: CallGroup, isOn: boolean): StudioDatatype {
  const { name, calls } = group
  const { list } = calls
  const found = list === undefined ? null : listIn(list.answer, name)
  /** Where the entities are; an answer without a list is one entity, which may be wrapped. */
  const place = found?.path ?? wrapperOf(list?.answer) ?? ''
  const example =
    firstEntityIn(list?.answer, name) ??
    firstEntityIn(calls.lookup?.answer, name) ??
    firstEntityIn(calls.insert?.request, name)
  const keys = keyCandidates(example, group.keyParameter, name)
  const key = keys[0] ?? 'id'
  const url = list === undefined ? '' : urlOf(list, group)
  const pagings = list === undefined ? { none: {} } : pagingOf({ call: list, url, list: found?.path ?? '', key })
  const changes = changeProperties(example)
  const parameters = list === undefined ? [] : sinceParameters(list)
  const requestBody = calls.insert?.request ?? calls.update?.request
  const operations: Partial<Record<OperationVerb, StudioOperation>> = {}
  for (const verb of operationVerbs) {
    const call = calls[verb]
    if (call === undefined) continue
    const config = operationOf(verb, call, group, place)
    operations[verb] = { isOn: true, config, from: `${call.method} ${call.path}` }
  }
  return {
    name,
    label: group.label,
    isOn: isOn && keys.length > 0,
    parent: group.parent,
    key,
    keys,
    writes: false,
    operations,
    paging: pagingNames.filter((each) => each !== 'none').find((each) => pagings[each] !== undefined) ?? 'none',
    pagings,
    since: changes.length > 0 ? (parameters[0] ?? null) : null,
    sinceParameters: parameters,
    changed: changes[0]?.property ?? null,
    changeProperties: changes,
    wrapper: wrapperOf(requestBody),
    filters: filtersOf(list, parameters),
    answers: list === undefined ? '' : answersOf(list, example),
    example: example === undefined ? '' : printClientJson(example),
  }
}

/** The address of an operation, with {@link keyMark} and {@link parentMark}, and variables in the other places that vary. */
function urlOf({ path }: ServiceCall, group: CallGroup): string {
  const segments = path.split('/').filter(Boolean)
  const isItem = path.replace(/\/+$/, '') !== group.collection
  const named = segments.map((segment, at) =>
    segment.replace(/\{([^{}]*)\}/g, (_, name: string) => {
      if (isItem && at === segments.length - 1) return keyMark
      return group.parent !== null && name === group.parentParameter ? parentMark : `{{@ ${variableName(name)} @}}`
    }),
  )
  return named.join('/')
}

/** A name that can be an environment variable and stand in a template. */
function variableName(name: string): string {
  const plain = name.replace(/\W+/g, '_')
  return /^[A-Za-z_]/.test(plain) ? plain : `_${plain}`
}

function operationOf(verb: OperationVerb, call: ServiceCall, group: CallGroup, listPath: string): JsonObject {
  const params: JsonObject = {}
  const headers: JsonObject = {}
  // A search lists everything when it is asked for all values.
  const isSearch = verb === 'list' && call.path.replace(/\/+$/, '') !== group.collection
  for (const { name, in: place, required, fixed, all } of call.parameters) {
    if (!(required || (isSearch && all !== undefined))) continue
    if (/^(?:authorization|accept|content-type)$/i.test(name)) continue
    const isParent = verb === 'list' && group.parent !== null && place === 'query' && name === group.parentParameter
    const asked: Json = fixed === undefined ? `{{@ ${variableName(name)} @}}` : String(fixed)
    const value = isParent ? parentMark : asked
    if (place === 'query') params[name] = value
    else headers[name] = value
  }
  const wrapper = verb === 'list' ? listPath : (wrapperOf(call.answer) ?? '')
  const sends = verb === 'insert' || verb === 'update'
  return {
    url: urlOf(call, group),
    method: call.method,
    ...(Object.keys(params).length > 0 ? { params } : {}),
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    ...(wrapper === '' || verb === 'delete' ? {} : { payload_property: wrapper }),
    ...(sends && call.payloadType !== 'json' ? { 'payload-type': call.payloadType } : {}),
  }
}

/** What else the list can be asked for: parameters that are neither for pages nor for changes. */
function filtersOf(list: ServiceCall | undefined, since: readonly string[]): readonly string[] {
  const others = (list?.parameters ?? []).filter((each) => each.in === 'query' && !isPagingParameter(each.name))
  return others.map(({ name }) => name).filter((name) => !since.includes(name))
}

/** Answers to the list: a recorded one, or the example of the description. */
function answersOf(list: ServiceCall, example: JsonObject | undefined): string {
  const [recorded] = list.recorded
  const answer = recorded === undefined ? list.answer : get(recorded, 'answer')
  if (answer === undefined && example === undefined) return ''
  return printClientJson([{ answer: answer ?? [example ?? null] }])
}
