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
  if (typeof id !== 'string' || settings.identity === null) return namespacedDict(dict, settings)
  const prefix = `${settings.identity}:`
  return namespacedDict({ ...dict, _id: id.startsWith(prefix) ? id : prefix + id }, settings)
}

function namespacedDict(dict: Dict, settings: NamespaceOptions): Dict {
  const result: Dict = {}
  for (const key in dict) {
    const value = dict[key] ?? null
    if ((settings.skipUnderscore && key.startsWith('_')) || (settings.skipDollar && key.startsWith('$'))) {
      put(result, key, value)
    } else
      put(result, namespacedKey(key, settings.property), settings.recursive ? namespacedValue(value, settings) : value)
  }
  return result
}

/** Names that have a namespace keep it. */
function namespacedKey(key: string, namespace: string | null): string {
  return namespace === null || key.includes(':') ? key : `${namespace}:${key}`
}

function namespacedValue(value: Value, settings: NamespaceOptions): Value {
  if (Array.isArray(value)) return value.map((item) => namespacedValue(item, settings))
  return isDict(value) ? namespacedDict(value, settings) : value
}

/** The value with the dicts in it without namespaces in their names; of names that become equal the last one counts. */
export function withoutNamespaces(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutNamespaces)
  if (!isDict(value)) return value
  const result: Dict = {}
  for (const key in value) put(result, identifierOf(key), withoutNamespaces(value[key] ?? null))
  return result
}
