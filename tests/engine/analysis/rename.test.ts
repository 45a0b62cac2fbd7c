import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { references } from '../../../engine-worker/analysis/references.ts'
import { applyRename, rename } from '../../../engine-worker/analysis/rename.ts'
import { functions, functionTable } from '../../../engine-worker/dtl/registry.ts'
import { readJson } from '../../../engine-worker/entity/json.ts'
import { isObject, type Json, type JsonObject } from '../../../engine-worker/entity/value.ts'
import { noShared, projects } from '../../shared.ts'

const customers: JsonObject = { _id: 'customers', type: 'pipe', source: { type: 'csv', system: 'files', url: 'c.csv' } }
const orders: JsonObject = {
  _id: 'orders',
  type: 'pipe',
  source: { type: 'embedded', entities: [{ _id: 'orders' }] },
  sink: { type: 'dataset', deletion_tracking: false },
}
const mergePipe: JsonObject = {
  _id: 'both',
  type: 'pipe',
  source: {
    type: 'merge',
    datasets: ['customers c', '  orders   o'],
    equality: [['eq', 'c.id', 'o.orders:customer']],
  },
  transform: [
    {
      type: 'dtl',
      rules: {
        default: [
          ['copy', '*', 'secret'],
          ['add', 'lines', ['apply', 'line', '_S.orders:lines']],
          ['add', 'text', 'orders'],
          ['add', 'ref', ['ni', 'orders', '_S.id']],
          [
            'add',
            'related',
            [
              'apply-hops',
              'line',
              {
                datasets: ['orders o'],
                where: [
                  ['eq', '_S._id', 'o.customer'],
                  ['eq', 'o.kind', '~:orders:x'],
                ],
                subsets: { o: ['eq', '_S.webshop', 'x'] },
                return: ['dict', 'o', 'o.total'],
              },
            ],
          ],
        ],
        line: [
          ['add', 'id', "_P._S.'a.b'.id"],
          ['add', 'x', ['literal', '_S.id']],
        ],
      },
    },
  ],
  exclude_completeness: ['orders'],
}
const components = [customers, orders, mergePipe]
const applied = (what: Parameters<typeof rename>[1]): JsonObject[] => {
  const { edits, problems } = rename(components, what, functionTable)
  expect(problems).toEqual([])
  return components.map((component) => applyRename(component, edits))
}

describe('references', () => {
  test('stand at the place that names the thing', () => {
    const found = references(components, functionTable)
    for (const { component, path, at, start, end, name } of found) {
      let value: unknown = components.find(({ _id }) => _id === component)
      const steps = at === 'key' ? path.slice(0, -1) : path
      for (const key of steps) value = Reflect.get(Object(value), key)
      const text = at === 'key' ? String(path.at(-1)) : String(value)
      expect(text.slice(start, end).replaceAll("'", '')).toBe(name)
    }
    const names = (what: string): string[] => found.filter((each) => each.what === what).map(({ name }) => name)
    expect(names('system')).toEqual(['files'])
    expect(names('pipe')).toEqual(['customers', 'orders', 'both'])
    expect(names('rule')).toEqual(['default', 'line', 'line', 'line'])
    expect(names('dataset')).toEqual(['customers', 'orders', 'orders', 'orders'])
    expect(names('namespace')).toEqual(['orders', 'orders', 'orders', 'orders'])
    expect(names('property')).toContain('a.b')
    expect(found.filter(({ what, definition }) => what === 'alias' && definition)).toHaveLength(3)
  })
})

describe('renaming', () => {
  test('a pipe takes its dataset, its namespace and nothing else along', () => {
    const [, renamed, reader] = applied({ what: 'pipe', from: 'orders', to: 'sales' })
    expect(renamed).toEqual({ ...orders, _id: 'sales' })
    const text = JSON.stringify(reader)
    expect(text).toContain('"datasets":["customers c","  sales   o"]')
    expect(text).toContain('"o.sales:customer"')
    expect(text).toContain('["apply","line","_S.sales:lines"]')
    expect(text).toContain('["ni","sales","_S.id"]')
    expect(text).toContain('"~:sales:x"')
    expect(text).toContain('"exclude_completeness":["sales"]')
    expect(text).toContain('["add","text","orders"]')
  })

  test('a dataset gives its producer a sink that names it', () => {
    const [, producer, reader] = applied({ what: 'dataset', from: 'orders', to: 'sales' })
    expect(producer).toEqual({ ...orders, sink: { type: 'dataset', deletion_tracking: false, dataset: 'sales' } })
    expect(JSON.stringify(reader)).toContain('"o.orders:customer"')
    const [other] = applied({ what: 'dataset', from: 'customers', to: 'people' })
    expect(other).toEqual({ ...customers, sink: { type: 'dataset', dataset: 'people' } })
  })

  test('a rule and an alias are renamed where they are known, keys in their place', () => {
    const scope = 'transform/0/rules'
    const [, , ruled] = applied({ what: 'rule', component: 'both', scope, from: 'line', to: 'row' })
    const text = JSON.stringify(ruled)
    expect(text).not.toContain('"line"')
    expect(text.match(/"row"/g)).toHaveLength(3)
    const hop = 'transform/0/rules/default/4/2/2'
    const [, , named] = applied({ what: 'alias', component: 'both', scope: hop, from: 'o', to: 'order' })
    expect(JSON.stringify(named)).toContain(
      '{"datasets":["orders order"],"where":[["eq","_S._id","order.customer"],["eq","order.kind","~:orders:x"]],' +
        '"subsets":{"order":["eq","_S.webshop","x"]},"return":["dict","o","order.total"]}',
    )
    expect(JSON.stringify(named)).toContain('"  orders   o"')
  })

  test('a property is renamed in paths and names, with quotes where it needs them', () => {
    const [, , reader] = applied({ what: 'property', from: 'id', to: 'no.1' })
    const text = JSON.stringify(reader)
    expect(text).toContain(`["add","no.1","_P._S.'a.b'.'no.1'"]`)
    expect(text).toContain(`"c.'no.1'"`)
    expect(text).toContain('["literal","_S.id"]')
    const [, , unquoted] = applied({ what: 'property', from: 'a.b', to: 'ab' })
    expect(JSON.stringify(unquoted)).toContain('"_P._S.ab.id"')
  })

  test('a system and a pipe of the same name are two things', () => {
    const system: JsonObject = { _id: 'crm', type: 'system:rest' }
    const pipe: JsonObject = { _id: 'crm', type: 'pipe', source: { type: 'rest', system: 'crm' } }
    const renameSystem = (what: 'system' | 'pipe'): JsonObject[] => {
      const { edits } = rename([pipe, system], { what, from: 'crm', to: 'new' }, functionTable)
      return [pipe, system].map((each) => applyRename(each, edits))
    }
    expect(renameSystem('system')).toEqual([
      { ...pipe, source: { type: 'rest', system: 'new' } },
      { ...system, _id: 'new' },
    ])
    expect(renameSystem('pipe')).toEqual([{ ...pipe, _id: 'new' }, system])
  })

  test('refuses names that are taken or impossible', () => {
    const codes = (to: string) =>
      rename(components, { what: 'pipe', from: 'orders', to }, functionTable).problems.map(({ code }) => code)
    expect(codes('customers')).toEqual(['rename-taken'])
    expect(codes('a b')).toEqual(['rename-not-a-name'])
    expect(codes('a/b')).toEqual(['rename-not-a-name'])
    expect(codes('')).toEqual(['rename-not-a-name'])
    expect(codes('new')).toEqual([])
  })

  test.skipIf(noShared)('there and back again gives the same project, for every name of real projects', () => {
    for (const name of ['sesam-training-2019-02', 'tutorial-globals', 'sesam-learn-config']) {
      const components = readdirSync(join(projects, name), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.conf.json'))
        .map((file) => readJson(readFileSync(join(projects, name, file), 'utf8')))
        .filter(isObject)
      const applyTo = (given: JsonObject[], renaming: Parameters<typeof rename>[1]): JsonObject[] => {
        const { edits } = rename(given, renaming, functionTable)
        return given.map((component) => applyRename(component, edits))
      }
      for (const reference of references(components, functionTable)) {
        const { what, name: from, component, scope } = reference
        if (what === 'namespace' || what === 'dataset') continue
        const to = 'renamed-thing'
        const there = applyTo(components, { what, from, to, component, ...(scope ? { scope } : {}) })
        expect(there).not.toEqual(components)
        const owner = what === 'pipe' && component === from ? to : component
        const back = applyTo(there, { what, from: to, to: from, component: owner, ...(scope ? { scope } : {}) })
        expect(JSON.stringify(back)).toBe(JSON.stringify(components))
      }
    }
  })
})

describe('every argument that names a dataset', () => {
  /** A pipe whose rule calls a function with a value for each of its arguments. */
  const calling = (call: Json): JsonObject => ({
    _id: 'p',
    type: 'pipe',
    source: { type: 'dataset', dataset: 'other' },
    transform: { type: 'dtl', rules: { default: [['add', 'x', call]] } },
  })
  const target: JsonObject = { _id: 'cars', type: 'pipe', source: { type: 'embedded', entities: [] } }
  const renameDataset = (call: Json): Json => {
    const pipe = calling(call)
    const { edits } = rename([target, pipe], { what: 'dataset', from: 'cars', to: 'vehicles' }, functionTable)
    return applyRename(pipe, edits)
  }

  test('is renamed with it, as its declaration says', () => {
    const naming = functions.flatMap(({ name, takes, kind }) =>
      takes.some(({ names }) => names === 'dataset') && kind === 'expression' ? [{ name, takes }] : [],
    )
    expect(naming.map(({ name }) => name).sort()).toEqual(['completeness', 'lookup', 'lookup-entity', 'reference'])
    for (const { name, takes } of naming) {
      const callWith = (dataset: Json): Json => [
        name,
        ...takes.map(({ names }) => (names === 'dataset' ? dataset : '_S.x')),
      ]
      expect(renameDataset(callWith('cars'))).toEqual(calling(callWith('vehicles')))
      expect(renameDataset(callWith(['list', 'cars', 'bikes']))).toEqual(
        calling(callWith(['list', 'vehicles', 'bikes'])),
      )
    }
  })

  test('stays where the same text names something else', () => {
    for (const call of [
      ['concat', 'cars', '_S.x'],
      ['lookup', 'cars'],
      ['literal', ['lookup', 'cars', 'x']],
    ])
      expect(renameDataset(call)).toEqual(calling(call))
  })
})
