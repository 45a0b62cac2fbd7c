import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Field, FieldType, KindRole } from '../../../engine-worker/connectors/define.ts'
import { kindOf, kinds } from '../../../engine-worker/connectors/registry.ts'
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

describe('a property', () => {
  const declaring = /\b(\w*(Field|List|Map|Integer|Text)|either|listOf|remark)\(\s*$|name: $/
  /** What is only for people to read. */
  const remarks = new Set(['comment', 'description', 'name', 'tags', 'metadata'])
  /** Kinds that connect to something: their properties are for whoever can. */
  const connecting = new Set(['ldap', 'kafka', 'sdshare', 'twilio', 'smtp'])
  const read = sourcesOf('engine-worker')
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')

  test('counts where it runs, or says that only Sesam heeds it', () => {
    const silent = kinds.flatMap(({ role, type, fields }) => {
      if (role === 'system' || connecting.has(type)) return []
      const unread = fields.filter(({ name, sesamOnly }) => !sesamOnly && !remarks.has(name) && !isRead(stemOf(name)))
      return unread.map(({ name }) => `${role} ${type} ${name}`)
    })
    expect(silent).toEqual([])
  })

  /** Templates in a property of the entity are read by the name of the template. */
  const stemOf = (name: string) => name.replace(/(?<=_template)_property$/, '')

  /** Whether the engine uses the name of a property outside of its declaration. */
  function isRead(name: string): boolean {
    for (const written of [`'${name}'`, `.${name}`]) {
      for (let at = read.indexOf(written); at >= 0; at = read.indexOf(written, at + 1)) {
        const after = read.charAt(at + written.length)
        const before = read.slice(Math.max(0, at - 60), at)
        if (!/[\w-]/.test(after) && !declaring.test(before)) return true
      }
    }
    return false
  }
})

function sourcesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file))
}
