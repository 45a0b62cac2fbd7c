/** The pipes of a model in the open project: what generating them would change, and what was edited by hand. */
import { describe, expect, it } from 'vitest'
import type { AnswerOf } from '../../../engine-worker/api/list.ts'
import { model, modelEngine } from './model-engine.ts'

const states = ({ components }: AnswerOf<'modelPipes'>) => new Set(components.map(({ is }) => is))

describe('the pipes of a model', () => {
  it('are the same once they are in the project', async () => {
    const { engine, text } = await modelEngine(model, {})
    const again = await engine.modelPipes({ text })
    expect(states(again)).toEqual(new Set(['same']))
    expect(again.files).toEqual({})
    for (const { now, next, generated } of again.components) {
      expect([next, generated]).toEqual([now, now])
    }
  })

  it('say which part of the model makes them', async () => {
    const { engine, text } = await modelEngine(model, {})
    const { components } = await engine.modelPipes({ text })
    const partOf = (id: string) => components.find((each) => each.id === id)?.from.join('.')
    expect(partOf('crm-customer-collect')).toMatch(/^systems\.crm/)
    expect(partOf('global-customer')).toMatch(/^concepts\.customer/)
  })

  it('are added as files where they are missing, and only systems where only those are wanted', async () => {
    const { engine, text } = await modelEngine(model, {})
    await engine.open({ project: 'empty', files: { 'model.json': text } })
    const all = await engine.modelPipes({ text })
    expect(states(all)).toEqual(new Set(['added']))
    expect(Object.values(all.files).every((content) => typeof content === 'string')).toBe(true)
    const systems = await engine.modelPipes({ text, only: 'systems' })
    expect(systems.components.length).toBeLessThan(all.components.length)
    expect(new Set(systems.components.map(({ from }) => from[0]))).toEqual(new Set(['systems']))
  })

  it('keep what was edited by hand, until that is given up', async () => {
    const { engine, text } = await modelEngine(model, {})
    const id = 'crm-customer-collect'
    const [component] = (await engine.modelPipes({ text })).components.filter((each) => each.id === id)
    const edited = JSON.stringify({ ...JSON.parse(component?.now ?? ''), description: 'by hand' })
    await engine.update({ files: { [`pipes/${id}.conf.json`]: edited } })
    const kept = await engine.modelPipes({ text })
    expect(kept.components.find((each) => each.id === id)).toMatchObject({
      is: 'edited',
      next: expect.stringContaining('by hand'),
      generated: component?.generated,
    })
    const reset = await engine.modelPipes({ text, reset: [id] })
    expect(reset.components.find((each) => each.id === id)?.next).toBe(component?.generated)
  })

  it('are not made of a model with errors, nor without a project', async () => {
    const { engine } = await modelEngine(model, {})
    await expect(engine.modelPipes({ text: '{}' })).rejects.toMatchObject({ problem: { code: 'model-broken' } })
  })
})
