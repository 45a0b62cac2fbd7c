/** The deprecated transforms that write the names of properties in one case; deprecations.rst. */

import { flagField } from '../../config/model/field.ts'
import { flagSetting } from '../../config/model/setting.ts'
import { comment } from '../../config/model/shared-fields.ts'
import { put } from '../../entity/dict.ts'
import { type Dict, isDict, type Value } from '../../entity/value.ts'
import { kind } from '../kind.ts'
import { here, type OpenTransform } from '../open-context.ts'
import { eachEntity } from './each-entity.ts'

/** What both transforms have alike. */
const shared = {
  role: 'transform',
  more: 'Deprecated in Sesam, which advises a DTL transform with lower or upper on the keys of key-values.',
  group: 'shape',
  runs: 'here',
  fields: [
    flagField('recurse', 'Change the names inside of values too, not only those of the entity itself.', false),
    comment,
  ],
  doc: 'deprecations.rst',
} as const

/** The lower keys transform of deprecations.rst. */
export const lowerKeysTransform = kind({
  type: 'lower_keys',
  label: 'Lower-case keys',
  icon: 'case-lower',
  says: 'Writes the names of properties in lower case.',
  template: { type: 'lower_keys' },
  example: {
    config: { type: 'lower_keys' },
    takes: [{ _id: '7', NAME: 'Ada Lovelace' }],
    gives: [{ _id: '7', name: 'Ada Lovelace' }],
  },
  open: openWithCase((name) => name.toLowerCase()),
  ...shared,
})

/** The upper keys transform of deprecations.rst. */
export const upperKeysTransform = kind({
  type: 'upper_keys',
  label: 'Upper-case keys',
  icon: 'case-upper',
  says: 'Writes the names of properties in upper case.',
  template: { type: 'upper_keys' },
  example: {
    config: { type: 'upper_keys' },
    takes: [{ _id: '7', name: 'Ada Lovelace' }],
    gives: [{ _id: '7', NAME: 'Ada Lovelace' }],
  },
  open: openWithCase((name) => name.toUpperCase()),
  ...shared,
})

function openWithCase(change: (name: string) => string): OpenTransform {
  return (part, _context, stage) => {
    const recurse = flagSetting(part.config, 'recurse', false)
    return here(eachEntity(part, stage, (entity) => withRenamedKeys(entity, change, recurse)))
  }
}

/** Names of Sesam's own (`_id`, `$ids`) stay with what is below them. Of names that become equal the later one wins. */
function withRenamedKeys(dict: Dict, change: (name: string) => string, recurse: boolean): Dict {
  const result: Dict = {}
  for (const [name, value] of Object.entries(dict)) {
    const own = name.startsWith('_') || name.startsWith('$')
    put(result, own ? name : change(name), own || !recurse ? value : renamedInside(value, change))
  }
  return result
}

function renamedInside(value: Value, change: (name: string) => string): Value {
  if (Array.isArray(value)) return value.map((item) => renamedInside(item, change))
  return isDict(value) ? withRenamedKeys(value, change, true) : value
}
