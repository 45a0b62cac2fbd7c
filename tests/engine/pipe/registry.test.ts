import { describe, expect, test } from 'vitest'
import type { Field, FieldType, KindRole } from '../../../engine-worker/pipe/define.ts'
import { kindOf, kinds } from '../../../engine-worker/pipe/registry.ts'
import documented from '../../corpus/kinds.json'

/** The names of all fields, nested ones with dots. */
function namesOf(fields: readonly Field[]): string[] {
  return fields.flatMap(({ name, type }) => [name, ...inside(type).map((inner) => `${name}.${inner}`)])
}

function inside(type: FieldType): string[] {
  if (type.is === 'object') return namesOf(type.fields)
  if (type.is === 'either') return type.of.flatMap(inside)
  return type.is === 'list' || type.is === 'map' ? inside(type.of) : []
}

/** Properties documented on a page besides those of the kind itself: of operations, of entities, of templates. */
const elsewhere: Readonly<Record<string, (name: string) => boolean>> = {
  // What each built-in template takes stands under its properties.
  'transform template': (name) => !['template', 'properties'].includes(name),
  // The rest page describes operations and token operations too.
  'system system:rest': (name) =>
    namesOf(kindOf('system', 'system:rest')?.fields ?? []).some((each) => each.endsWith(`.${name}`)),
}
const insideCustomAuth = /_expression$|^(get_|initial_)|refresh|token_property/

describe.each(Object.entries(documented))('%s', (kind, names) => {
  const [role = '', type = ''] = kind.split(' ')
  const declared = kindOf(role as KindRole, type)
  test('is declared with every documented property', () => {
    const known = new Set(namesOf(declared?.fields ?? []))
    const missing = names.filter((name) => {
      if (known.has(name) || elsewhere[kind]?.(name)) return false
      return !(kind === 'system system:rest' && insideCustomAuth.test(name))
    })
    expect(missing).toEqual([])
  })
})

test('kinds are unique, and say themselves in plain sentences', () => {
  expect(new Set(kinds.map(({ role, type }) => `${role} ${type}`)).size).toBe(kinds.length)
  const fields = kinds.flatMap((kind) => kind.fields.map((field) => ({ kind: `${kind.role} ${kind.type}`, ...field })))
  const silent = fields.filter(({ says }) => !/^[A-Z"$].*\.$/s.test(says))
  expect(silent.map(({ kind, name }) => `${kind} ${name}`)).toEqual([])
})

test('no kind declares a property twice', () => {
  const twice = kinds.filter(({ fields }) => new Set(fields.map(({ name }) => name)).size < fields.length)
  expect(twice.map(({ role, type }) => `${role} ${type}`)).toEqual([])
})

test('declarations are data that can cross to the page', () => {
  expect(structuredClone(kinds)).toEqual(kinds)
})
