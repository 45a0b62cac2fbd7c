/** Deleted records of a system, over several runs of generated pipes with records that come and go. */
import { describe, expect, test } from 'vitest'
import { printJson } from '../../../engine-worker/entity/json.ts'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import { generate } from '../../../engine-worker/model/generate/pipes.ts'
import { planOf } from '../../../engine-worker/model/generate/plan.ts'
import { collectName } from '../../../engine-worker/model/generate/plan-names.ts'
import type { Model, ModelMapping } from '../../../engine-worker/model/model.ts'
import { changesIn } from '../../../engine-worker/model/test/changes.ts'
import { modelProblems } from '../../../engine-worker/model/validate.ts'
import { machine } from '../../../engine-worker/node/commands/machine.ts'
import { Session } from '../../../engine-worker/run/session.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { openProjectOf, runInternal } from '../../../engine-worker/testing/outputs.ts'

type Records = Readonly<Record<string, readonly JsonObject[]>>

function modelOf(crm: Partial<ModelMapping>, erp: Partial<ModelMapping> = {}, source: JsonObject = {}): Model {
  const datatype = { key: ['id'], source: { type: 'embedded', entities: [], ...source } }
  const mapping = (system: string, more: Partial<ModelMapping>): ModelMapping => ({
    name: `${system}-person`,
    system,
    datatype: 'person',
    concept: 'person',
    properties: [
      { from: 'email', to: 'email' },
      { from: 'name', to: 'name' },
    ],
    ...more,
  })
  return {
    version: 1,
    systems: { crm: { datatypes: { person: datatype } }, erp: { datatypes: { person: datatype } } },
    concepts: {
      person: {
        keys: [['email']],
        properties: {
          email: { rule: 'key' },
          name: { rule: 'priority' },
          left: { rule: 'any', type: 'boolean', default: false },
        },
      },
    },
    mappings: [mapping('crm', crm), mapping('erp', erp)],
  }
}

/** Runs the pipes on the current records of the systems; returns what would be sent to each. */
function synchronised(model: Model): (records: Records) => Promise<string[]> {
  expect(modelProblems(model, 'model.json').filter(({ severity }) => severity === 'error')).toEqual([])
  const plan = planOf(model)
  const store = memoryStore(machine)
  const session = new Session({ store, environment: machine })
  return async (records) => {
    const files = generate(model).map(({ id, file, config }) => {
      const [name] = Object.keys(records).filter((each) => collectName({ system: each, datatype: 'person' }) === id)
      const entities = (records[name ?? ''] ?? []).map((row) => ({ ...row, _id: row.id ?? '' }))
      const given = name === undefined ? config : { ...config, source: { type: 'embedded', entities } }
      return [file, printJson(given)] as const
    })
    session.open(Object.fromEntries(files))
    const result = await runInternal(openProjectOf(session))
    expect(result.pipes.flatMap(({ problems }) => problems)).toEqual([])
    const sent: string[] = []
    for await (const { operation, mapping, record } of changesIn(store, plan))
      if (operation !== 'none') sent.push(`${mapping} ${operation} ${record.id ?? record.email}`)
    return sent
  }
}

const personRecord = { id: '1', email: 'a@x', name: 'Ann' }
const recordsOfBoth = { crm: [personRecord], erp: [{ ...personRecord, id: '9' }] }
const onlyErp = { crm: [], erp: recordsOfBoth.erp }

describe('a record that a system no longer has', () => {
  test('is made again where others still have it', async () => {
    const run = synchronised(modelOf({}))
    expect(await run(recordsOfBoth)).toEqual([])
    expect(await run(onlyErp)).toEqual(['crm-person insert a@x'])
  })

  test('stays away where the model says that others keep it, and can come back', async () => {
    const run = synchronised(modelOf({ gone: 'keep' }))
    expect(await run(recordsOfBoth)).toEqual([])
    expect(await run(onlyErp)).toEqual([])
    expect(await run({ ...onlyErp, erp: [{ ...personRecord, id: '9', name: 'Anna' }] })).toEqual([])
    expect(await run({ crm: [{ ...personRecord, id: '2', name: 'Bea' }], erp: recordsOfBoth.erp })).toEqual([
      'erp-person update 9',
    ])
  })

  test('is deleted in the others, and nothing moves when they have done so', async () => {
    const run = synchronised(modelOf({ gone: 'delete' }))
    expect(await run(recordsOfBoth)).toEqual([])
    expect(await run(onlyErp)).toEqual(['erp-person delete 9'])
    expect(await run({ crm: [], erp: [] })).toEqual([])
  })

  test('is made again where another system has changed it since', async () => {
    const run = synchronised(modelOf({ gone: 'delete' }, { gone: 'delete' }))
    expect(await run(recordsOfBoth)).toEqual([])
    expect(await run({ crm: [], erp: [] })).toEqual([])
    expect(await run({ crm: [], erp: [{ ...personRecord, id: '10' }] })).toEqual(['crm-person insert a@x'])
  })

  test('is deleted only when no record of the same system is left in it', async () => {
    const run = synchronised(modelOf({ gone: 'delete' }))
    expect(await run({ crm: [personRecord, { ...personRecord, id: '2' }], erp: recordsOfBoth.erp })).toEqual([])
    expect(await run({ crm: [{ ...personRecord, id: '2' }], erp: recordsOfBoth.erp })).toEqual([])
    expect(await run(onlyErp)).toEqual(['erp-person delete 9'])
  })

  test('sets a property of the concept, as a mark that others are told', async () => {
    const { properties } = modelOf({}).mappings[1] ?? { properties: [] }
    const run = synchronised(
      modelOf(
        { absent: 'left', gone: 'keep' },
        { properties: [...properties, { from: 'left', to: 'left', direction: 'out' }] },
      ),
    )
    const erp = [{ ...personRecord, id: '9', left: false }]
    expect(await run({ crm: [personRecord], erp })).toEqual([])
    expect(await run({ crm: [], erp })).toEqual(['erp-person update 9'])
    expect(await run({ crm: [], erp: [{ ...personRecord, id: '9', left: true }] })).toEqual([])
    expect(await run({ crm: [personRecord], erp: [{ ...personRecord, id: '9', left: true }] })).toEqual([
      'erp-person update 9',
    ])
  })

  test('is not missed where only changes are read, which is said', () => {
    const model = modelOf({ gone: 'delete' }, {}, { supports_since: true })
    const found = modelProblems(model, 'model.json').find(({ code }) => code === 'model-gone-unseen')
    expect(found?.where.path).toEqual(['mappings', 0, 'gone'])
  })
})
