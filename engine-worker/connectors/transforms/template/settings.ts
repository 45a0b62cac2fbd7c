/** The properties of the built-in template transforms; configuration-transforms-template.rst has their tables. */

import { textListSetting, textSetting } from '../../../config/model/setting.ts'
import { get } from '../../../entity/dict.ts'
import type { Entity, JsonObject, Value } from '../../../entity/value.ts'

/** The names of a primary key: one text, or a list of them. */
export function keyNames(properties: JsonObject, name: string): readonly string[] {
  return textListSetting(properties, name) ?? [textSetting(properties, name, '')].filter((each) => each !== '')
}

/** The values of a key, in the order of its names; null where a part is missing or empty. */
export function keyValues(entity: Entity, names: readonly string[]): readonly Value[] | null {
  const values = names.map((name) => get(entity, name) ?? null)
  return values.length === 0 || values.some(isMissing) ? null : values
}

function isMissing(value: Value): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}
