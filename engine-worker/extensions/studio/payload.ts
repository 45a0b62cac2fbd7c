/** Where the entities are in an answer, and which of their properties tells them apart. */
import { get } from '../../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'

/** The list of an answer. */
interface FoundList {
  /** Names with dots between them, as `payload_property`; empty where the answer itself is the list. */
  readonly path: string
  readonly items: readonly Json[]
}

const listNames =
  /^(?:data|items?|results?|values?|records?|rows|list|entries|content|elements|objects|docs|hits|_embedded|response)$/i

/** The list of entities in an answer; null where there is none. `name` is what the list may be called. */
export function listIn(answer: Json | undefined, name: string): FoundList | null {
  if (Array.isArray(answer)) return { path: '', items: answer }
  return listInside(answer, name, 2)
}

function listInside(json: Json | undefined, name: string, depth: number): FoundList | null {
  if (!isObject(json)) return null
  const lists = Object.entries(json).filter(
    ([key, value]) => Array.isArray(value) && !key.includes('.') && value.every((item) => isObject(item)),
  )
  const wanted = name.toLowerCase()
  const isCalled = ([key]: readonly [string, Json]) => key.toLowerCase().startsWith(wanted.slice(0, 4))
  const best =
    lists.find(isCalled) ?? lists.find(([key]) => listNames.test(key)) ?? (lists.length === 1 ? lists[0] : undefined)
  if (best !== undefined) return { path: best[0], items: Array.isArray(best[1]) ? best[1] : [] }
  if (depth === 0) return null
  for (const [key, value] of Object.entries(json)) {
    const found = listNames.test(key) && !key.includes('.') ? listInside(value, name, depth - 1) : null
    if (found !== null) return { ...found, path: `${key}.${found.path}` }
  }
  return null
}

/** The one object around which an answer puts its entity, as in `{"customer": {…}}`; null where it is not wrapped. */
export function wrapperOf(answer: Json | undefined): string | null {
  if (!isObject(answer)) return null
  const objects = Object.entries(answer).filter(([, value]) => isObject(value))
  const [only] = objects
  return only !== undefined &&
    objects.length === 1 &&
    Object.keys(answer).length <= 2 &&
    get(answer, 'id') === undefined
    ? only[0]
    : null
}

/** The properties that may tell entities apart, the most likely first. */
export function keyCandidates(item: Json | undefined, parameter: string | null, datatype: string): readonly string[] {
  if (!isObject(item)) return ['id']
  const plainName = (text: string) => text.toLowerCase().replace(/[-_]/g, '')
  const names = Object.keys(item).filter((name) => isKeyValue(get(item, name)))
  const namesLike = (wanted: string) => names.filter((name) => plainName(name) === plainName(wanted))
  const ranked = [
    ...(parameter === null ? [] : namesLike(parameter)),
    // `/customers/{external_customer_id}` asks by `external_id`.
    ...(parameter === null ? [] : namesLike(plainName(parameter).replace(datatype, ''))),
    ...['id', '_id', `${datatype}id`, 'uuid', 'guid', 'gid'].flatMap(namesLike),
    ...names.slice(0, 1).filter((name) => /id$/i.test(name)),
    ...['key', `${datatype}number`, 'number', `${datatype}no`, 'code'].flatMap(namesLike),
    ...names.filter((name) => /(?:id|uuid|guid|key|number|code)$/i.test(name)),
    ...names,
  ]
  const isLast = (name: string) => Number(sameForAll.test(name))
  return [...new Set(ranked)].toSorted((a, b) => isLast(a) - isLast(b)).slice(0, 30)
}

/** Properties that say what an entity is, and have the same value in all of them. */
const sameForAll = /^(?:\$.*|object|type|kind|(?:object|resource|entity)[-_]?(?:sub)?type)$/i

function isKeyValue(value: Json | undefined): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
}

/** The first entity of an answer: of its list, of what is wrapped, or the answer itself. */
export function firstEntityIn(answer: Json | undefined, name: string): JsonObject | undefined {
  const list = listIn(answer, name)
  if (list !== null) return list.items.find((item) => isObject(item))
  const wrapper = wrapperOf(answer)
  const inner = isObject(answer) && wrapper !== null ? get(answer, wrapper) : answer
  return isObject(inner) ? inner : undefined
}
