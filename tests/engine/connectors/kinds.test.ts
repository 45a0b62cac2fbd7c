import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { allKinds, declaredKind } from '../../../engine-worker/config/model/declared.ts'
import {
  type Field,
  type FieldType,
  fieldAims,
  type KindDeclaration,
} from '../../../engine-worker/config/model/define.ts'
import { fieldsInside } from '../../../engine-worker/config/model/field-type.ts'
import { isIconName } from '../../../engine-worker/config/model/icons.ts'
import '../../../engine-worker/connectors/kinds.ts'
import { sqlSystems } from '../../../engine-worker/config/model/system-fields.ts'
import documented from '../../corpus/kinds.json'

const kinds = allKinds()

/** A property by its name, nested ones with dots. */
function fieldOf(fields: readonly Field[], name: string): Field | null {
  const exact = fields.find((field) => field.name === name)
  if (exact) return exact
  for (const field of fields) {
    const inner = name.startsWith(`${field.name}.`)
      ? fieldOf(fieldsInside(field.type), name.slice(field.name.length + 1))
      : null
    if (inner) return inner
  }
  return null
}

/** Whether a field takes values of a documented type. */
function takesType(type: FieldType, documented: string): boolean {
  switch (type.is) {
    case 'json':
    case 'expression':
      return true
    case 'integer':
    case 'boolean':
    case 'list':
      return documented === type.is
    case 'number':
      return documented === 'number' || documented === 'integer'
    case 'entities':
      return documented === 'list'
    case 'map':
    case 'object':
    case 'variants':
    case 'rules':
      return documented === 'object'
    case 'kind':
      return documented === 'object' || (type.of === 'transform' && documented === 'list')
    case 'either':
      return type.of.some((each) => takesType(each, documented))
    default:
      return documented === 'text'
  }
}

/** The kinds that a line of the corpus is about: one, all of a role, or all SQL systems. */
function kindsFor(line: string): readonly KindDeclaration[] {
  const [role = '', type = ''] = line.split(' ')
  const all = kinds.filter((each) => each.role === role)
  if (type === '*') return all
  if (type === '*sql') return all.filter((each) => sqlSystems.some((name) => name === each.type))
  const one = declaredKind(all[0]?.role ?? 'pipe', type)
  return one ? [one] : []
}

/** Checked by the kind itself. */
const documentedElsewhere = new Set(['type'])

describe.each(Object.entries(documented))('%s', (line, properties) => {
  test('is declared', () => expect(kindsFor(line)).not.toEqual([]))
  test.each(Object.entries(properties))('%s: %s', (name, says) => {
    const [, types = '', required, otherwise] = /^([a-z|]+)(!?)(?:=(.*))?$/s.exec(says) ?? []
    for (const declared of kindsFor(line)) {
      if (documentedElsewhere.has(name) && !['pipe', 'metadata'].includes(declared.role)) continue
      const field = fieldOf(declared.fields, name)
      const at = `${declared.type} ${name}`
      expect(field, at).not.toBeNull()
      if (!field) continue
      for (const type of types.split('|')) expect(takesType(field.type, type), `${at} as ${type}`).toBe(true)
      // Templates of messages may come from the entity, and a kind may differ from the others of its role.
      if (required === '!' && !name.endsWith('_property') && !fromEntities.has(name)) {
        expect(field.required ?? false, `${at} is required`).toBe(true)
      }
      if (otherwise !== undefined && !line.endsWith('*')) {
        expect(field.default, `${at} by default`).toEqual(JSON.parse(otherwise))
      }
    }
  })
})

/** Required, unless each entity has it or no login is needed. */
const fromEntities = new Set(['body_template', 'subject_template', 'recipients', 'password', 'smtp_password'])

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
  /** Properties that are only descriptions. */
  const remarks = new Set(['comment', 'description', 'name', 'tags', 'metadata'])
  /** Kinds that connect to something outside: their properties are used only where that is possible. */
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

describe('what one wants to do with a property', () => {
  const fields = kinds.flatMap((kind) => kind.fields.map((field) => ({ ...field, of: `${kind.role} ${kind.type}` })))

  test('is the same for a name in every kind, so that people find it at the same place', () => {
    const aims = new Map<string, Set<string>>()
    for (const { name, aim } of fields) aims.set(name, (aims.get(name) ?? new Set()).add(aim ?? 'none'))
    expect([...aims].filter(([, all]) => all.size > 1).map(([name, all]) => [name, ...all])).toEqual([])
  })

  test('leaves few properties of a form without a group', () => {
    const many = kinds.filter((kind) => kind.fields.filter(({ aim }) => aim === undefined).length > 12)
    expect(many.map(({ role, type }) => `${role} ${type}`)).toEqual([])
    expect(fieldAims.filter((each) => !fields.some(({ aim }) => aim === each))).toEqual([])
  })
})

test('every source, transform, sink and system has a picture, a sentence and a page; every system says how it is tested', () => {
  const pictured = kinds.filter(({ role }) => ['source', 'transform', 'sink', 'system'].includes(role))
  expect(pictured.filter(({ icon }) => icon === undefined || !isIconName(icon)).map(({ type }) => type)).toEqual([])
  expect(pictured.filter(({ says, doc }) => says === '' || doc === '').map(({ type }) => type)).toEqual([])
  const systems = kinds.filter(({ role }) => role === 'system')
  expect(systems.filter(({ connectionTest }) => connectionTest === undefined).map(({ type }) => type)).toEqual([])
})
