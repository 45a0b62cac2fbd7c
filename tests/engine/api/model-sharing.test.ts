/** The changes that the model of a project would send for the stored records; nothing is sent. */
import { describe, expect, it } from 'vitest'
import type { EventOf } from '../../../engine-worker/api/list.ts'
import { generate } from '../../../engine-worker/model/generate/pipes.ts'
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

  it('stores and sends nothing, and gives the same again', async () => {
    const { engine, text } = await modelEngine(model, data)
    await runCollect(engine, data)
    const before = await engine.datasets()
    const first = await engine.modelSharing({ text })
    expect(await engine.modelSharing({ text })).toEqual(first)
    expect(await engine.datasets()).toEqual(before)
  })

  it('goes by the pipes as they were edited by hand, and says which pipe runs', async () => {
    const { engine, text } = await modelEngine(model, data)
    await runCollect(engine, data)
    const share = generate(model).find(({ id }) => id === 'shop-client-transform')
    if (!share) throw new Error('the pipe to the shop is missing')
    const edited = { ...share.config, transform: { type: 'dtl', rules: { default: [['filter', false]] } } }
    await engine.update({ files: { [share.file]: JSON.stringify(edited) } })
    const events: EventOf<'modelSharing'>[] = []
    const { counts } = await engine.modelSharing({ text }, (event) => events.push(event))
    expect(counts['shop-client'] ?? { insert: 0, update: 0 }).toMatchObject({ insert: 0, update: 0 })
    expect(events.some(({ pipe }) => pipe === 'shop-client-transform')).toBe(true)
    for (const { done, of } of events) expect(done).toBeLessThanOrEqual(of)
  })

  it('is refused where the model has errors', async () => {
    const { engine } = await modelEngine(model, {})
    const broken = JSON.stringify({ ...model, mappings: [{ ...model.mappings[0], concept: 'never' }] })
    await expect(engine.modelSharing({ text: broken })).rejects.toThrow()
  })
})
