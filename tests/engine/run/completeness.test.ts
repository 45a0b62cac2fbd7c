/** Completeness: the positions of upstream datasets that a dataset includes (features/completeness-feature.rst). */
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../../engine-worker/entity/value.ts'
import {
  completenessOf,
  inherited,
  refreshCompleteness,
  sameMeta,
  waitsForCompleteness,
} from '../../../engine-worker/run/completeness.ts'
import { clockTime } from '../../../engine-worker/run/context.ts'
import { settingsOf } from '../../../engine-worker/run/settings.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { opened } from '../connectors/open.ts'
import { dtl, engine } from './engine.ts'
import { ticking } from './histories.ts'

const entitiesOf = (count: number) => Array.from({ length: count }, (_, n) => ({ _id: `e${n}`, n }))

describe('completeness', () => {
  it('flows downstream as the least of what is read, and holds entities back', async () => {
    const transform = dtl([
      ['copy', '*'],
      ['add', 'known', ['completeness', 'mid', 'inbound']],
    ])
    const { run, store, put } = engine([
      { _id: 'inbound', source: { type: 'embedded', entities: [{ _id: '1' }] } },
      { _id: 'mid', source: { type: 'dataset', dataset: 'inbound' } },
      { _id: 'excluding', source: { type: 'dataset', dataset: 'inbound' }, exclude_completeness: ['inbound'] },
      { _id: 'held', source: { type: 'dataset', dataset: 'in', completeness: ['mid'] }, transform },
    ])
    await put('in', entitiesOf(1))
    await run()
    const ownCompleteness = async (name: string) => {
      const known = (await store.info(name))?.meta.completeness
      return typeof known === 'object' && known !== null && name in known ? (known as JsonObject)[name] : null
    }
    expect(await ownCompleteness('mid')).toBe(await ownCompleteness('inbound'))
    expect(BigInt(String(await ownCompleteness('excluding')))).toBeGreaterThan(
      BigInt(String(await ownCompleteness('inbound'))),
    )
    await put('in', [{ _id: 'late' }])
    const ids: Json[] = []
    for await (const batch of store.scan('held')) for (const { _id } of batch) ids.push(String(_id))
    expect(ids).toEqual(['e0'])
  })
})

/** A store whose datasets have these completeness values. */
async function storeWith(known: Readonly<Record<string, JsonObject>>) {
  const store = memoryStore(ticking())
  for (const [dataset, completeness] of Object.entries(known))
    await store.commit({ datasets: [{ dataset, entities: [], meta: { completeness } }] })
  return store
}

describe('what a pipe hands on', () => {
  const known = { a: { a: '500', x: '100' }, b: { b: '300', x: '90' }, c: { c: '1' }, none: {} }
  const hops = dtl([['add', 'n', ['hops', { datasets: ['c c'], where: [['eq', '_S._id', 'c._id']] }]]])
  const union = { type: 'union_datasets', datasets: ['a', 'b'] }
  const inheritedBy = async (config: JsonObject) => {
    const pipe = opened({ pipe: config })
    const { completeness } = await inherited(pipe, settingsOf(pipe), await storeWith(known), 999n)
    return completeness
  }

  it('is the least of what is read and joined, for itself and of each dataset upstream', async () => {
    expect(await inheritedBy({ source: union })).toEqual({ a: '500', b: '300', x: '90', p: '300' })
    expect(await inheritedBy({ source: union, transform: hops })).toMatchObject({ c: '1', p: '1' })
  })

  it('compares numbers, however long their texts are', async () => {
    const store = await storeWith({ a: { a: '9' }, b: { b: '10' } })
    const pipe = opened({ pipe: { source: union } })
    expect((await inherited(pipe, settingsOf(pipe), store, 0n)).completeness).toMatchObject({ p: '9' })
  })

  it('leaves out, or takes only, the datasets that are named', async () => {
    expect(await inheritedBy({ source: union, exclude_completeness: ['b'] })).toEqual({ a: '500', x: '100', p: '500' })
    expect(await inheritedBy({ source: union, include_completeness: ['c'] })).toEqual({ c: '1', p: '1' })
  })

  it('begins with the run where nothing is read, and is unknown where nothing is known', async () => {
    expect(await inheritedBy({ source: { type: 'embedded', entities: [] } })).toEqual({ p: '999' })
    expect(await inheritedBy({ source: { type: 'dataset', dataset: 'none' } })).toEqual({})
  })
})

describe('the completeness of a dataset', () => {
  it('is a moment, or unknown', async () => {
    const store = await storeWith({ a: { a: '1600000000000000001' }, odd: { odd: 5 } })
    const completenessVia = async (via: string, dataset: string) =>
      completenessOf((await store.info(via)) ?? undefined, dataset)
    expect(await completenessVia('a', 'a')).toEqual(clockTime(1_600_000_000_000_000_001n))
    expect([
      await completenessVia('a', 'b'),
      await completenessVia('odd', 'odd'),
      await completenessVia('never', 'a'),
    ]).toEqual([null, null, null])
    expect(await completenessVia('a', '__proto__')).toBeNull()
  })

  it('is the same in two metas where that part is', () => {
    expect(sameMeta({ completeness: { a: '1' }, x: 1 }, { completeness: { a: '1' } })).toBe(true)
    expect(sameMeta({ completeness: { a: '1' } }, { completeness: { a: '2' } })).toBe(false)
    expect(sameMeta({}, { x: 1 })).toBe(true)
  })
})

describe('completeness up to now', () => {
  const pipes = [
    opened({ pipe: { source: { type: 'embedded', entities: [] }, sink: { type: 'dataset', dataset: 'inbound' } } }),
    opened({ pipe: { source: { type: 'dataset', dataset: 'inbound' }, sink: { type: 'dataset', dataset: 'mid' } } }),
    opened({ pipe: { source: { type: 'dataset', dataset: 'loose' }, sink: { type: 'dataset', dataset: 'other' } } }),
  ]

  it('is said of what comes from outside, as far as it is there', async () => {
    const store = await storeWith({ inbound: {}, mid: { mid: '1' }, other: {} })
    const writes = await refreshCompleteness(pipes, store, 77n)
    expect(writes).toEqual([{ dataset: 'inbound', entities: [], meta: { completeness: { inbound: '77' } } }])
    await store.commit({ datasets: [{ dataset: 'loose', entities: [], meta: { kept: 1 } }] })
    expect((await refreshCompleteness(pipes, store, 78n)).find(({ dataset }) => dataset === 'loose')?.meta).toEqual({
      kept: 1,
      completeness: { loose: '78' },
    })
  })

  it('is worth saying where a pipe waits for it', () => {
    const waitsWith = (more: JsonObject) =>
      waitsForCompleteness([opened({ pipe: { source: { type: 'dataset', dataset: 'a', ...more } } })])
    expect([waitsWith({}), waitsWith({ completeness: false }), waitsWith({ initial_completeness: [] })]).toEqual([
      false,
      false,
      false,
    ])
    expect([waitsWith({ completeness: true }), waitsWith({ initial_completeness: ['b'] })]).toEqual([true, true])
  })
})
