/** What stands inside a part of a configuration, by the fields that its kind declares. */
import { get } from '../../entity/dict.ts'
import { entriesOf } from '../../entity/entries.ts'
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'
import type { JsonPath } from '../../path.ts'
import { declaredKind } from './declared.ts'
import type { FieldType, KindDeclaration, KindRole } from './define.ts'

/** A part inside another, and its place there. */
interface NestedPart {
  readonly part: JsonObject
  readonly path: JsonPath
}

/** The kind of a part by its `type`. */
export function kindOfPart(role: KindRole, part: JsonObject): KindDeclaration | undefined {
  const type = get(part, 'type')
  return typeof type === 'string' ? declaredKind(role, type) : undefined
}

/** The kind of the source of a pipe, as its configuration says; undefined where it has none or one that is not known. */
export function sourceKind(pipe: JsonObject): KindDeclaration | undefined {
  const source = get(pipe, 'source')
  return isObject(source) ? kindOfPart('source', source) : undefined
}

/** The property of a transform that holds DTL rules; null for kinds without rules. */
export function rulesProperty(transform: JsonObject): string | null {
  return kindOfPart('transform', transform)?.fields.find(({ type }) => type.is === 'rules')?.name ?? null
}

/** The parts of the same role directly inside a part: the members of a chain, the alternatives of a choice. */
export function nestedParts(role: KindRole, part: JsonObject): readonly NestedPart[] {
  const fields = kindOfPart(role, part)?.fields ?? []
  return fields.flatMap(({ name, type }) => nestedPartsOfType(get(part, name), type, role, [name]))
}

function nestedPartsOfType(
  json: Json | undefined,
  type: FieldType,
  role: KindRole,
  path: JsonPath,
): readonly NestedPart[] {
  if (type.is === 'kind' && type.of === role) return partsIn(json, path)
  if (type.is === 'list' && Array.isArray(json))
    return json.flatMap((item, index) => nestedPartsOfType(item, type.of, role, [...path, index]))
  if (type.is === 'map' && isObject(json))
    return entriesOf(json).flatMap(([key, item]) => nestedPartsOfType(item, type.of, role, [...path, key]))
  return []
}

/** A part, or a list of parts, which a pipe may have in the place of one. */
function partsIn(json: Json | undefined, path: JsonPath): readonly NestedPart[] {
  if (Array.isArray(json)) return json.flatMap((item, index) => partsIn(item, [...path, index]))
  return isObject(json) ? [{ part: json, path }] : []
}
