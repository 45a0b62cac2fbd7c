/**
 * Putting names of a dict into a namespace and taking them out again, with the settings of `apply-ns`. The namespace of
 * a name ends at its last colon. See dtl/dtl-functions-dictionaries.rst and features/namespaces.rst.
 */
import { put } from '../../entity/dict.ts'
import { type Dict, isDict, type Value } from '../../entity/value.ts'
import { identifierOf } from '../namespace.ts'

/** What to add, and where. A namespace that is null is not added. */
export interface NamespaceOptions {
  readonly property: string | null
  readonly identity: string | null
  readonly skipUnderscore: boolean
  readonly skipDollar: boolean
  readonly recursive: boolean
}

/** The dict with its property names in the namespace, and its `_id` in the identity namespace. */
export function withNamespaces(dict: Dict, settings: NamespaceOptions): Dict {
  const { _id: id } = dict
  if (typeof id !== 'string' || settings.identity === null) return named(dict, settings)
  const prefix = `${settings.identity}:`
  return named({ ...dict, _id: id.startsWith(prefix) ? id : prefix + id }, settings)
}

function named(dict: Dict, settings: NamespaceOptions): Dict {
  const result: Dict = {}
  for (const key in dict) {
    const value = dict[key] ?? null
    if ((settings.skipUnderscore && key.startsWith('_')) || (settings.skipDollar && key.startsWith('$'))) {
      put(result, key, value)
    } else put(result, nameIn(key, settings.property), settings.recursive ? inside(value, settings) : value)
  }
  return result
}

/** Names that have a namespace keep it. */
function nameIn(key: string, namespace: string | null): string {
  return namespace === null || key.includes(':') ? key : `${namespace}:${key}`
}

function inside(value: Value, settings: NamespaceOptions): Value {
  if (Array.isArray(value)) return value.map((item) => inside(item, settings))
  return isDict(value) ? named(value, settings) : value
}

/** The value with the dicts in it without namespaces in their names; of names that become equal the last one counts. */
export function withoutNamespaces(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutNamespaces)
  if (!isDict(value)) return value
  const result: Dict = {}
  for (const key in value) put(result, identifierOf(key), withoutNamespaces(value[key] ?? null))
  return result
}
