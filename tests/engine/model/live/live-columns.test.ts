/** Columns are made again only where their inputs or their rules have changed. */
import { expect, test } from 'vitest'
import { NO_NAMESPACES } from '../../../../engine-worker/dtl/compile/compile.ts'
import { printJson } from '../../../../engine-worker/entity/json.ts'
import type { Entity, Json } from '../../../../engine-worker/entity/value.ts'
import { ColumnTable, type ComputeOptions, RuleFailed } from '../../../../engine-worker/model/live/live-columns.ts'
import { stepsFor } from '../../../../engine-worker/model/live/rule-steps.ts'
import { environment } from '../../dtl/corpus.ts'

const entities: Entity[] = ['Ada', 'Bo', 'Cy'].map((name, at) => ({ _id: `${at}`, name }))

function table(read: number[]) {
  const columns = new ColumnTable(entities.length)
  const make = (expression: Json[], change: Partial<ComputeOptions> = {}) =>
    columns.compute(stepsFor('out', [['add', 'out', expression]]) ?? expect.fail(), {
      environment: environment(),
      namespaces: NO_NAMESPACES,
      signal: new AbortController().signal,
      time: 1,
      wanted: [0, 1, 2],
      sourceOf: (at) => {
        read.push(at)
        return entities[at] ?? {}
      },
      isStale: () => false,
      text: printJson(expression),
      ...change,
    })
  return { columns, make }
}

test('nothing is made twice, a changed rule makes all, and a value that stays keeps its time', async () => {
  const read: number[] = []
  const { columns, make } = table(read)
  await make(['upper', '_S.name'], { wanted: [0, 2] })
  expect(columns.get('out')?.values).toEqual(['ADA', undefined, 'CY'])
  await make(['upper', '_S.name'], { time: 2 })
  expect(read).toEqual([0, 2, 1])
  await make(['upper', '_S.name'], { time: 3, isStale: (at) => at === 1 })
  expect(read).toEqual([0, 2, 1, 1])
  await make(['upper', ['substring', 0, 2, '_S.name']], { time: 4, text: 'short' })
  expect(columns.get('out')?.values).toEqual(['AD', 'BO', 'CY'])
  expect([...(columns.get('out')?.since ?? [])]).toEqual([4, 2, 1])
})

test('values move with their entities, and new ones are made', async () => {
  const read: number[] = []
  const { columns, make } = table(read)
  await make(['upper', '_S.name'])
  columns.arrange(Int32Array.from([2, -1, 0]), 2)
  expect(columns.get('out')?.values).toEqual(['CY', undefined, 'ADA'])
  await make(['upper', '_S.name'], { time: 2 })
  expect(read).toEqual([0, 1, 2, 1])
})

test('what is not made in a round is forgotten, and a failing rule says so', async () => {
  const { columns, make } = table([])
  await make(['upper', '_S.name'])
  columns.begin()
  columns.end()
  expect(columns.get('out')).toBeUndefined()
  await expect(make(['upper'])).rejects.toBeInstanceOf(RuleFailed)
})

test('what is inside a value keeps its time where only the rest changes', async () => {
  const { columns, make } = table([])
  await make(['dict', 'values', ['dict', 'name', '_S.name'], 'of', '_S._id'])
  const name = columns.inside(['out', 'values', 'name'])
  expect(name?.values).toEqual(['Ada', 'Bo', 'Cy'])
  await make(['dict', 'values', ['dict', 'name', '_S.name'], 'of', 'x'], { time: 2, text: 'other' })
  expect([...(columns.get('out')?.since ?? [])]).toEqual([2, 2, 2])
  expect([...(columns.inside(['out', 'values', 'name'])?.since ?? [])]).toEqual([1, 1, 1])
  expect([...(columns.inside(['out', 'of', 'more'])?.since ?? [])]).toEqual([2, 2, 2])
})
