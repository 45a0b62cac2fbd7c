/** What is cached of a project between requests about its model, and which models are refused. */
import { describe, expect, it } from 'vitest'
import { checkedModel, soundModel } from '../../../engine-worker/api/checked-model.ts'
import { EngineHost } from '../../../engine-worker/api/host.ts'
import { modelSession } from '../../../engine-worker/api/model-session.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { environment } from '../dtl/corpus.ts'
import { model } from './model-engine.ts'

const host = () => {
  const around = environment()
  return new EngineHost({
    environment: around,
    fetch: null,
    openStore: async () => memoryStore(around),
    deleteStore: async () => {},
  })
}

describe('what is kept between questions', () => {
  it('is one for as long as the project is open, and a new one for another project', async () => {
    const engine = host()
    await expect(modelSession(engine)).rejects.toMatchObject({ problem: { code: 'no-project-open' } })
    await engine.open({ project: 'a', files: {} })
    const first = await modelSession(engine)
    await engine.open({ project: 'a', files: { 'model.json': '{}' } })
    expect(await modelSession(engine)).toBe(first)
    await engine.open({ project: 'b', files: {} })
    expect(await modelSession(engine)).not.toBe(first)
  })
})

describe('the text of a model', () => {
  it('is a model without errors, or a problem with its reason', async () => {
    expect((await soundModel(JSON.stringify(model))).mappings).toHaveLength(2)
    for (const text of ['', '[]', '{"version":1,"systems":5}', 'null']) {
      const { problems } = await checkedModel(text)
      const error = problems.find(({ severity }) => severity === 'error')
      expect(error?.where.file).toBe('model.json')
      await expect(soundModel(text)).rejects.toMatchObject({
        problem: { code: 'model-broken', facts: { reason: error?.message } },
      })
    }
  })

  it('names the place of what does not fit together', async () => {
    const broken = { ...model, mappings: [{ ...model.mappings[0], concept: 'never' }] }
    const { problems } = await checkedModel(JSON.stringify(broken))
    const error = problems.find(({ severity }) => severity === 'error')
    expect(error?.where.path?.slice(0, 2)).toEqual(['mappings', 0])
  })
})
