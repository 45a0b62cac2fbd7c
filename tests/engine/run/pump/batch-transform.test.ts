/**
 * The transforms of a run: in this thread or ahead on several engines; batches are finished in the order in which they
 * began.
 */
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../../../engine-worker/entity/value.ts'
import type { Environment } from '../../../../engine-worker/environment.ts'
import { Lookups, PipeRunContext } from '../../../../engine-worker/run/context.ts'
import type { EnginePool } from '../../../../engine-worker/run/engines/pool.ts'
import { BatchTransform } from '../../../../engine-worker/run/pump/batch-transform.ts'
import { undisturbedSide } from '../../../../engine-worker/run/pump/overlap.ts'
import { loadTrackingState } from '../../../../engine-worker/run/state.ts'
import { IndexedStore } from '../../../../engine-worker/storage/index/indexed-store.ts'
import { memoryStore } from '../../../../engine-worker/storage/memory.ts'
import { copyingEngines } from '../../../support/engines.ts'
import { opened } from '../../connectors/open.ts'
import { dtl } from '../engine.ts'
import { ticking } from '../histories.ts'

const copies = dtl([['copy', '*']])
const reading: JsonObject = { source: { type: 'dataset', dataset: 'in' }, transform: copies }

interface TransformSetup {
  readonly engines?: EnginePool | null
  readonly environment?: Environment
  readonly watched?: boolean
}

async function transformOf(
  config: JsonObject,
  { engines = null, environment = ticking(), watched }: TransformSetup = {},
) {
  const pipe = opened({ pipe: config })
  const store = new IndexedStore(memoryStore(environment))
  const running = new PipeRunContext(pipe, environment, new Lookups(store, null), new AbortController().signal, null)
  const stateOf = (id: string) => loadTrackingState(store.store, id, 0)
  const { tracking } = await stateOf('p')
  const services = {
    store,
    environment,
    memory: stateOf,
    setMemory: () => undefined,
    overlap: () => undisturbedSide,
    dropMemory: () => undefined,
    fetch: null,
    batch: 10,
    followConfiguration: false,
    engines,
  }
  return new BatchTransform({ pipe, running, services, tracking, watch: watched ? () => undefined : null })
}

const batchOf = (...ids: string[]) => ({
  items: ids.map((_id, order) => ({ key: _id, entity: { _id }, order })),
  position: null,
})

describe('how far transforms go ahead of writing', () => {
  const hops = (dataset: string): Json => ['hops', { datasets: [`${dataset} d`], where: [['eq', '_S._id', 'd._id']] }]

  it.each<[string, JsonObject, number]>([
    ['reads a dataset and copies', reading, 2],
    ['looks up another dataset', { ...reading, transform: dtl([['add', 'v', hops('other')]]) }, 2],
    ['reads from outside', { ...reading, source: { type: 'embedded', entities: [{ _id: 'a' }] } }, 0],
    ['has no transforms', { source: { type: 'dataset', dataset: 'in' } }, 0],
    ['looks up what it writes', { ...reading, transform: dtl([['add', 'v', hops('p')]]) }, 0],
    ['has a limit of seconds for each entity', { ...reading, pump: { max_seconds_per_entity: 5 } }, 0],
    ['compares with the version before', { ...reading, transform: dtl([['add', 'c', ['is-changed', '_S.x']]]) }, 0],
    [
      'sends requests in a transform',
      { ...reading, transform: [copies, { type: 'http', system: 's', url: 'https://x.example/' }] },
      0,
    ],
  ])('a pipe that %s', async (_, config, ahead) => {
    const engines = copyingEngines(2)
    expect((await transformOf(config, { engines })).ahead).toBe(ahead)
    expect((await transformOf(config)).ahead).toBe(0)
  })

  it('is nothing where each stage is watched, and where random numbers have a seed', async () => {
    const engines = copyingEngines(2)
    expect((await transformOf(reading, { engines, watched: true })).ahead).toBe(0)
    expect((await transformOf(reading, { engines, environment: { ...ticking(), seed: () => undefined } })).ahead).toBe(
      0,
    )
  })
})

describe('a batch that is begun', () => {
  it('has its items, when it was begun, and what comes of each of them', async () => {
    const begun = (await transformOf(reading)).begin(batchOf('a', 'b'), null)
    expect(begun).toMatchObject({ ...batchOf('a', 'b'), before: 1_700_000_000_000_001_000n })
    const processed = await begun.processed
    expect(processed.map(({ outputs }) => outputs[0]?.entity)).toEqual([{ _id: 'a' }, { _id: 'b' }])
  })

  it('without items comes to nothing', async () => {
    expect(await (await transformOf(reading)).begin(batchOf(), null).processed).toEqual([])
  })

  it('that fails is told when its turn comes, not before', async () => {
    const stops = { ...reading, transform: dtl([['add', 'x', ['fail!', 'stop']]]) }
    const begun = (await transformOf(stops)).begin(batchOf('a'), () => Promise.reject(new Error('no version before')))
    await new Promise((resolve) => setImmediate(resolve))
    const outcome = await begun.processed.then(
      (results) => results.map(({ problem }) => problem?.code),
      (error: unknown) => String(error),
    )
    expect(JSON.stringify(outcome)).toMatch(/fail|no version before/)
  })
})
