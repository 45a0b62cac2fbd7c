/** The deprecated transforms that write the names of properties in one case; deprecations.rst. */

import { flagField } from '../../config/model/field.ts'
import { flagSetting } from '../../config/model/setting.ts'
import { comment } from '../../config/model/shared-fields.ts'
import { put } from '../../entity/dict.ts'
import { type Dict, isDict, type Value } from '../../entity/value.ts'
import { kind } from '../kind.ts'
import { here, type OpenTransform } from '../open-context.ts'
import { eachEntity } from './each-entity.ts'

const fields = [
  flagField('recurse', 'Change the names inside of values too, not only those of the entity itself.', false),
  comment,
]
const advice = 'Deprecated in Sesam, which advises a DTL transform with lower or upper on the keys of key-values.'
const doc = 'deprecations.rst'

/** The lower keys transform of deprecations.rst. */
export const lowerKeysTransform = kind({
  role: 'transform',
  type: 'lower_keys',
  label: 'Lower-case keys',
  icon: 'case-lower',
  says: 'Writes the names of properties in lower case.',
  more: advice,
  group: 'shape',
  runs: 'here',
  fields,
  template: { type: 'lower_keys' },
  example: {
    config: { type: 'lower_keys' },
    takes: [{ _id: '7', NAME: 'Ada Lovelace' }],
    gives: [{ _id: '7', name: 'Ada Lovelace' }],
  },
  doc,
  open: inCase((name) => name.toLowerCase()),
})

/** The upper keys transform of deprecations.rst. */
export const upperKeysTransform = kind({
  role: 'transform',
  type: 'upper_keys',
  label: 'Upper-case keys',
  icon: 'case-upper',
  says: 'Writes the names of properties in upper case.',
  more: advice,
  group: 'shape',
  runs: 'here',
  fields,
  template: { type: 'upper_keys' },
  example: {
    config: { type: 'upper_keys' },
    takes: [{ _id: '7', name: 'Ada Lovelace' }],
    gives: [{ _id: '7', NAME: 'Ada Lovelace' }],
  },
  doc,
  open: inCase((name) => name.toUpperCase()),
})

function inCase(change: (name: string) => string): OpenTransform {
  return (part, _context, stage) => {
    const recurse = flagSetting(part.config, 'recurse', false)
    return here(eachEntity(part, stage, (entity) => renamed(entity, change, recurse)))
  }
}

/** Names of Sesam's own (`_id`, `$ids`) stay with what is below them. Of names that become equal the later one wins. */
function renamed(dict: Dict, change: (name: string) => string, recurse: boolean): Dict {
  const result: Dict = {}
  for (const [name, value] of Object.entries(dict)) {
    const own = name.startsWith('_') || name.startsWith('$')
    put(result, own ? name : change(name), own || !recurse ? value : inside(value, change))
  }
  return result
}

function inside(value: Value, change: (name: string) => string): Value {
  if (Array.isArray(value)) return value.map((item) => inside(item, change))
  return isDict(value) ? renamed(value, change, true) : value
}
