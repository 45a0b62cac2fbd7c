/** The changes that the model of a project would send to each system; nothing is sent. */
import { describe, expect, it } from 'vitest'
import { data, model, modelEngine, runCollect } from './model-engine.ts'

describe('what would be shared', () => {
  it('is counted, and each change says why', async () => {
    const { engine, text } = await modelEngine(model, data)
    await runCollect(engine, data)
    const { counts, changes, problems } = await engine.modelSharing({ text })
    expect(problems).toEqual([])
    expect(counts).toMatchObject({
      // A placeholder value is not a key: a record without another key would not be recognised when it is read back.
      'crm-customer': { insert: 0, update: 0, delete: 0 },
      'shop-client': { insert: 1, update: 2, delete: 0 },
    })
    const update = changes.find(({ mapping, record }) => mapping === 'shop-client' && record.no === 'a')
    expect(update).toMatchObject({ operation: 'update' })
    expect(update?.why).toContainEqual({
      property: 'Name',
      before: 'LOVELACE, ADA',
      after: 'Ada Lovelace',
      rule: 'priority',
      from: ['crm-customer:1'],
    })
  })
})

describe('what would be sent for given records', () => {
  it('is nothing where the model has errors, and those are named', async () => {
    const { engine } = await modelEngine(model, {})
    const broken = JSON.stringify({ ...model, mappings: [{ ...model.mappings[0], concept: 'never' }] })
    for (const text of [broken, '{']) {
      const { changes, problems } = await engine.modelChanges({ text, records: {} })
      expect(changes).toEqual([])
      expect(problems.some(({ severity }) => severity === 'error')).toBe(true)
    }
  })

  it('leaves out records that stay as they are, and stores nothing', async () => {
    const { engine, text } = await modelEngine(model, {})
    const before = await engine.datasets()
    const records = { 'crm.customer': [{ id: '1', name: 'Ada', email: 'ada@x.org' }] }
    const { changes, problems } = await engine.modelChanges({ text, records })
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(changes.map(({ operation }) => operation)).not.toContain('none')
    expect(await engine.datasets()).toEqual(before)
  })
})
