/**
 * The stages that a pipe's `add_namespaces` and `remove_namespaces` put before the first and after the last transform;
 * features/namespaces.rst. The namespace ends at the last colon of a name (data-management.rst).
 */
import type { Namespaces } from '../../dtl/evaluation.ts'
import { put } from '../../entity/dict.ts'
import { type Dict, type Entity, isDict, NI, type Value } from '../../entity/value.ts'
import type { StageOutcome, TransformRuntime } from '../runtime.ts'

/** The entity with the identity namespace on `_id` and the property namespace on properties, nested ones too. */
export function addNamespaces(entity: Entity, namespaces: Namespaces): Entity {
  const result = addToKeys(entity, `${namespaces.property}:`)
  const id = entity._id
  if (typeof id === 'string') result._id = addToId(id, namespaces.identity)
  return result
}

/** `1` becomes `crm:1`; an id that is in the namespace already stays. */
function addToId(id: string, identity: string): string {
  return id.startsWith(`${identity}:`) ? id : `${identity}:${id}`
}

/** Names that begin with `_` or `$` stay, with all below them; names that have a namespace keep it. */
function addToKeys(dict: Dict, prefix: string): Dict {
  const result: Dict = {}
  for (const key of Object.keys(dict)) {
    const value = dict[key] ?? null
    const first = key.charCodeAt(0)
    if (first === UNDERSCORE || first === DOLLAR) put(result, key, value)
    else put(result, key.includes(':') ? key : prefix + key, addInside(value, prefix))
  }
  return result
}

function addInside(value: Value, prefix: string): Value {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => addInside(item, prefix))
  return isDict(value) ? addToKeys(value, prefix) : value
}

/** The entity without namespaces in names, `_id` and NI values. Of names that become equal the later one wins. */
function removeNamespaces(entity: Entity): Entity {
  const result = withoutNamespaces(entity)
  const id = entity._id
  if (typeof id === 'string') result._id = afterColon(id)
  return result
}

function withoutNamespaces(dict: Dict): Dict {
  const result: Dict = {}
  for (const key of Object.keys(dict)) put(result, afterColon(key), removeInside(dict[key] ?? null))
  return result
}

function removeInside(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(removeInside)
  if (value instanceof NI) return new NI(afterColon(value.text))
  return isDict(value) ? withoutNamespaces(value) : value
}

function afterColon(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1)
}

const UNDERSCORE = 95
const DOLLAR = 36

/** The stage before the first transform. */
export function addStage(namespaces: Namespaces): TransformRuntime {
  return namespaceStage(
    'add_namespaces',
    (id) => addToId(id, namespaces.identity),
    (entity) => addNamespaces(entity, namespaces),
  )
}

/** The stage after the last transform. */
export function removeStage(): TransformRuntime {
  return namespaceStage('remove_namespaces', afterColon, removeNamespaces)
}

function namespaceStage(
  name: string,
  ids: (id: string) => string,
  change: (entity: Entity) => Entity,
): TransformRuntime {
  return {
    stage: name,
    type: name,
    path: [name],
    ids,
    creates: false,
    createsChildren: false,
    hops: [],
    indexes: [],
    usesPrevious: false,
    async transform(batch) {
      return batch.map((entity): StageOutcome => ({ main: change(entity) }))
    },
  }
}
