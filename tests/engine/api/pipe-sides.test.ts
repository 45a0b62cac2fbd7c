/** The datasets on both sides of a pipe. */
import { describe, expect, it } from 'vitest'
import {
  type EntitySide,
  followedEntities,
  hasShownEntities,
  infersTypes,
  pipePlace,
  placeOfSide,
} from '../../../engine-worker/api/pipe-sides.ts'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import { environment } from '../dtl/corpus.ts'
import { dtl, engine } from '../run/engine.ts'

function openPipe(pipe: JsonObject, metadata?: JsonObject) {
  const made = engine([{ _id: 'p', ...pipe }], metadata ? { metadata } : {})
  const [open] = made.session.openPipes()
  if (!open) throw new Error('the pipe is not there')
  return { ...made, open, at: (side: EntitySide) => placeOfSide(open, side) }
}
const entities = [{ _id: '1' }, { _id: '2' }, { _id: '3' }]
const source = { type: 'embedded', entities }

describe('the source side', () => {
  it('is the dataset that is read as it is', () => {
    expect(openPipe({ source: { type: 'dataset', dataset: 'a' } }).at('source')).toEqual({
      is: 'dataset',
      dataset: 'a',
    })
  })
  it('is followed where several datasets are joined, or another source reads', () => {
    const union = { type: 'union_datasets', datasets: ['a', 'b'] }
    expect(openPipe({ source: union }).at('source')).toEqual({ is: 'followed', stages: 0 })
    expect(openPipe({ source }).at('source')).toEqual({ is: 'followed', stages: 0 })
    expect(pipePlace(openPipe({ source: union }).open)).toEqual({ readsDatasets: true, writesDataset: true })
  })
  it('of what is pushed is kept by the sink alone, as long as nothing is transformed', () => {
    const pushed = { source: { type: 'http_endpoint' } }
    expect(openPipe(pushed).at('source')).toEqual({ is: 'dataset', dataset: 'p' })
    expect(openPipe({ ...pushed, transform: dtl([['copy', '*']]) }).at('source')).toEqual({ is: 'unknown' })
  })
})

describe('the sink side', () => {
  it('is the dataset that is written, or what comes out of all stages', () => {
    expect(openPipe({ source }).at('sink')).toEqual({ is: 'dataset', dataset: 'p' })
    const out = openPipe({ source, transform: dtl([['copy', '*']]), sink: { type: 'http_endpoint' } })
    expect(out.at('sink')).toEqual({ is: 'followed', stages: 1 })
    expect(pipePlace(out.open)).toEqual({ readsDatasets: false, writesDataset: false })
  })
})

it('takes what the pipe says about inferring types before what all pipes say', () => {
  const off = { global_defaults: { infer_pipe_entity_types: false } }
  expect(infersTypes(openPipe({ source }).open)).toBe(true)
  expect(infersTypes(openPipe({ source }, off).open)).toBe(false)
  expect(infersTypes(openPipe({ source, infer_pipe_entity_types: true }, off).open)).toBe(true)
})

it('has shown entities once it has run', async () => {
  const { open, store, run } = openPipe({ source })
  expect(await hasShownEntities(store, open)).toBe(false)
  await run()
  expect(await hasShownEntities(store, open)).toBe(true)
})

it('gives what comes out of the first stages, at most as many entities as are wanted', async () => {
  const transform = [
    dtl([
      ['copy', '*'],
      ['add', 'first', true],
    ]),
    dtl([['filter', false]]),
  ]
  const { open, session } = openPipe({ source, transform })
  const options = { store: session.runner.store, environment: environment(), signal: new AbortController().signal }
  const followEntities = async (stages: number, limit: number) => {
    const found = []
    for await (const entity of followedEntities(open, options, stages, limit)) found.push([entity._id, entity.first])
    return found
  }
  expect(await followEntities(1, 2)).toEqual([
    ['1', true],
    ['2', true],
  ])
  expect(await followEntities(0, 9)).toHaveLength(3)
  expect(await followEntities(2, 9)).toEqual([])
  expect(await followEntities(1, 0)).toEqual([])
})
