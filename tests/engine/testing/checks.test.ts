/** Checks of data: read from their file, run over a dataset, and listed with the tests of a project. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJson } from '../../../engine-worker/entity/json.ts'
import { readEntity } from '../../../engine-worker/entity/transit.ts'
import { machine } from '../../../engine-worker/node/commands/machine.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { type Check, checkJson, readChecks, runChecks } from '../../../engine-worker/testing/checks.ts'
import { formatPart } from '../../../engine-worker/text/format.ts'
import { testEngine } from '../../support/engine.ts'
import { memoryPlatform } from '../../support/platform.ts'

const rows = [
  '{"_id":"1","email":"ada@x.no","age":36,"since":"~t2024-01-01T00:00:00Z","city":"Oslo"}',
  '{"_id":"2","email":"ada@x.no","age":"~f40.5","since":"~t2025-06-01T00:00:00Z","city":"Bergen"}',
  '{"_id":"3","email":null,"age":"old","city":"Oslo"}',
  '{"_id":"4","email":"no at","age":-1,"_deleted":false}',
]

async function brokenIds(check: object): Promise<readonly (string | undefined)[]> {
  const store = memoryStore(machine)
  await store.commit({ datasets: [{ dataset: 'd', entities: rows.map((text) => readEntity(text)) }] })
  const { checks, problems } = readChecks(JSON.stringify([{ dataset: 'd', ...check }]), 'checks.json')
  expect(problems).toEqual([])
  const [differences] = await runChecks(store, 'd', checks)
  return (differences ?? []).map(({ _id }) => (typeof _id === 'string' ? _id : undefined))
}

describe('checks', () => {
  it('name the entities that break them', async () => {
    expect(await brokenIds({ property: 'email', is: 'present' })).toEqual(['3'])
    expect(await brokenIds({ property: 'email', is: 'unique' })).toEqual(['2'])
    expect(await brokenIds({ property: 'age', is: 'type', types: ['integer', 'decimal'] })).toEqual(['3'])
    expect(await brokenIds({ property: 'age', is: 'range', least: 0, most: 40.5 })).toEqual(['3', '4'])
    const years = { least: '~t2024-01-01T00:00:00Z', most: '~t2024-12-31T00:00:00Z' }
    expect(await brokenIds({ property: 'since', is: 'range', ...years })).toEqual(['2'])
    expect(await brokenIds({ property: 'city', is: 'values', values: ['Oslo'] })).toEqual(['2'])
    expect(await brokenIds({ property: 'email', is: 'shape', shapes: ['a@a.a'] })).toEqual(['4'])
  })

  it('say where a file is wrong, and take what is right', () => {
    const text =
      '[{"dataset":"d","property":"p","is":"present"},{"dataset":"d","is":"present"},7,{"dataset":"d","property":"p","is":"odd"}]'
    const { checks, problems } = readChecks(text, 'checks.json')
    expect(checks).toEqual([{ dataset: 'd', property: 'p', is: 'present' }])
    expect(problems.map(({ where }) => where)).toEqual([1, 2, 3].map((at) => ({ file: 'checks.json', path: [at] })))
    expect(readChecks('{', 'checks.json').problems).toHaveLength(1)
    expect(readChecks('{}', 'checks.json').problems).toMatchObject([{ code: 'check-invalid' }])
  })

  it('are read as they were printed', () => {
    const place = { dataset: fc.string(), property: fc.string() }
    const texts = fc.array(fc.string(), { maxLength: 3 })
    const check: fc.Arbitrary<Check> = fc.oneof(
      fc.record({ ...place, is: fc.constant('present' as const) }),
      fc.record({ ...place, is: fc.constant('unique' as const) }),
      fc.record({ ...place, is: fc.constant('type' as const), types: texts }),
      fc.record({ ...place, is: fc.constant('shape' as const), shapes: texts }),
      fc.record({ ...place, is: fc.constant('values' as const), values: texts }),
      fc.record({ ...place, is: fc.constant('range' as const), least: fc.integer(), most: fc.string() }),
    )
    fc.assert(
      fc.property(fc.array(check), (checks) => {
        const text = formatPart(checks.map(checkJson))
        expect(readChecks(text, 'checks.json')).toEqual({ checks, problems: [] })
        expect(readJson(text)).toHaveLength(checks.length)
      }),
    )
  })

  it('run with the tests of a project', async () => {
    const engine = testEngine(memoryPlatform())
    const entities = [{ _id: '1', name: 'Ada' }, { _id: '2' }]
    const pipe = { _id: 'people', type: 'pipe', source: { type: 'embedded', entities } }
    const checks = [
      { dataset: 'people', property: '_id', is: 'unique' },
      { dataset: 'people', property: 'name', is: 'present' },
      { dataset: 'gone', property: 'name', is: 'present' },
    ]
    const files = { 'pipes/people.conf.json': JSON.stringify(pipe), 'checks.json': JSON.stringify(checks) }
    await engine.open({ project: 'p', files })
    const { tests, problems } = await engine.tests()
    expect(tests.map(({ name, pipe: of, status }) => [name, of, status])).toEqual([
      ['people: _id unique', 'people', 'passed'],
      ['people: name present', 'people', 'failed'],
      ['gone: name present', 'gone', 'failed'],
    ])
    expect(tests[1]?.differences).toMatchObject([{ id: '2', says: 'name is missing' }])
    expect(problems.map(({ code }) => code)).not.toContain('no-tests')
  })
})
