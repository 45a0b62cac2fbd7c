/** The changes that a model would send for given records; nothing is sent. */
import { describe, expect, it } from 'vitest'
import { model, modelEngine } from './model-engine.ts'

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
