/** The budget that the entities of one run share. */
import { describe, expect, it } from 'vitest'
import { evaluateBatch } from '../../../engine-worker/dtl/batch.ts'
import type { RunLimits } from '../../../engine-worker/dtl/budget.ts'
import { compileRules } from '../../../engine-worker/dtl/compile/compile.ts'
import { listDatasets, makeContext } from '../../../engine-worker/dtl/context.ts'
import type { Entity, Json } from '../../../engine-worker/entity/value.ts'
import { environment } from './corpus.ts'

const manyEntities: Entity[] = Array.from({ length: 3_000 }, (_, index) => ({ _id: `e${index}`, k: 'same' }))
const join: Json = ['hops', { datasets: ['many m'], where: ['eq', '_S.k', 'm.k'] }]

/** The problems of the entities of a run, in order; null where an entity is fine. */
async function problems(steps: Json, entities: readonly Entity[], runLimits: RunLimits) {
  const { dtl, problems } = compileRules({ type: 'dtl', rules: { default: steps } }, { at: ['transform'] })
  expect(problems).toEqual([])
  const context = makeContext({ environment: environment(), datasets: listDatasets({ many: manyEntities }), runLimits })
  const evaluated: Awaited<ReturnType<typeof evaluateBatch>> = []
  // Batches of one run share its budget.
  for (let from = 0; from < entities.length; from += 10)
    evaluated.push(...(await evaluateBatch(entities.slice(from, from + 10), dtl.run, context)))
  return evaluated.map((each) => ('problem' in each ? each.problem : null))
}

const limits: RunLimits = { steps: 50_000, stepsPerEntity: 100, values: 100_000 }

describe('the budget of a run', () => {
  it('ends a join that finds most entities for each entity, at the property that keeps them', async () => {
    const found = await problems(
      [
        ['add', 'n', 1],
        ['add', 'all', join],
      ],
      manyEntities.slice(0, 30),
      { ...limits, steps: 1e9 },
    )
    const first = found.findIndex((each) => each !== null)
    expect(first).toBeGreaterThan(0)
    expect(found[first]).toMatchObject({
      code: 'dtl-output-too-large',
      facts: { property: 'all' },
      where: { path: ['transform', 'rules', 'default', 1], entity: `e${first}` },
    })
    expect(found.slice(first).every((each) => each?.code === 'dtl-output-too-large')).toBe(true)
  })

  it('ends a join whose entities are only counted by the work that it is, at the join', async () => {
    const found = await problems([['add', 'n', ['count', join]]], manyEntities.slice(0, 30), limits)
    const first = found.findIndex((each) => each !== null)
    expect(first).toBeGreaterThan(0)
    expect(found[first]).toMatchObject({
      code: 'dtl-run-budget',
      where: { path: ['transform', 'rules', 'default', 0, 2, 1], entity: `e${first}` },
    })
    expect(found[29]?.code).toBe('dtl-run-budget')
  })

  it('counts what any function makes, not only joins', async () => {
    const found = await problems([['add', 'all', ['range', 0, 3_000]]], manyEntities.slice(0, 60), {
      ...limits,
      steps: 1e9,
    })
    expect(found.at(-1)).toMatchObject({ code: 'dtl-output-too-large', facts: { property: 'all' } })
  })

  it('grows with the entities: much plain work in all is no problem', async () => {
    const entities = manyEntities
      .slice(0, 2_000)
      .map(({ _id }) => ({ _id: String(_id), list: Array.from({ length: 90 }, String) }))
    const found = await problems([['add', 'n', ['map', ['upper', '_.'], '_S.list']]], entities, limits)
    expect(found.every((each) => each === null)).toBe(true)
  })
})
