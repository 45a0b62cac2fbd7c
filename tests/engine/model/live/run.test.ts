/** Incremental dry runs give the same result as a dry run from the beginning, after any edits of the model. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printJson } from '../../../../engine-worker/entity/json.ts'
import type { Entity } from '../../../../engine-worker/entity/value.ts'
import { generate } from '../../../../engine-worker/model/generate/pipes.ts'
import { planOf } from '../../../../engine-worker/model/generate/plan.ts'
import { givenRecords, KeptRun, runInMemory } from '../../../../engine-worker/model/live/run.ts'
import type { Model } from '../../../../engine-worker/model/model.ts'
import { changesIn, countChanges } from '../../../../engine-worker/model/test/changes.ts'
import type { DatasetStore } from '../../../../engine-worker/storage/store.ts'
import { model } from '../../api/model-engine.ts'
import { environment } from '../../dtl/corpus.ts'

type Edit = (before: Model) => Model

const mapped = (before: Model, at: number, change: object): Model => ({
  ...before,
  mappings: before.mappings.map((each, index) => (index === at ? { ...each, ...change } : each)),
})
const concept = (before: Model, change: object): Model => ({
  ...before,
  concepts: { customer: { ...before.concepts.customer, properties: {}, ...before.concepts.customer, ...change } },
})

const edits: Readonly<Record<string, Edit>> = {
  'the keys are one': (before) => concept(before, { keys: [['email']] }),
  'the keys are two': (before) => concept(before, { keys: [['email'], ['phone']] }),
  'the other comes first': (before) => mapped(mapped(before, 0, { priority: 2 }), 1, { priority: 1 }),
  'the first comes first': (before) => mapped(mapped(before, 0, { priority: 1 }), 1, { priority: 2 }),
  'nothing is inserted': (before) => mapped(before, 1, { share: { insert: false } }),
  'all is sent': (before) => mapped(before, 1, { share: {} }),
  'a filter': (before) => mapped(before, 0, { filter: ['neq', '_S.id', '2'] }),
  'no filter': (before) => mapped(before, 0, { filter: true }),
  'one property less': (before) => mapped(before, 1, { properties: model.mappings[1]?.properties.slice(0, 2) }),
  'all properties': (before) => mapped(before, 1, { properties: model.mappings[1]?.properties }),
}

const records = (rows: readonly Record<string, string>[]): Entity[] =>
  rows.map((row) => ({ ...row, _id: row.id ?? row.no ?? '' }))
const recordsByPipe = new Map([
  [
    'crm-customer-collect',
    records([
      { id: '1', name: 'Ada', email: 'ada@x.org', phone: '90010001' },
      { id: '2', name: 'Bo', email: 'bo@x.org' },
      { id: '3', name: 'Cy', phone: '90030003' },
    ]),
  ],
  [
    'shop-client-collect',
    records([
      { no: 'a', Name: 'ADA', mail: 'ADA@x.org' },
      { no: 'b', Name: 'A. L.', tel: '90010001' },
      { no: 'c', Name: 'Cyd', mail: 'cy@x.org', tel: '90030003' },
      { no: 'd', Name: 'Dag', mail: 'bo@x.org', tel: '90030003' },
    ]),
  ],
])

async function changes(store: DatasetStore, of: Model): Promise<string[]> {
  const all: string[] = []
  for await (const { mapping, operation, record, before } of changesIn(store, planOf(of)))
    if (operation !== 'none') all.push(`${mapping} ${operation} ${printJson(record)} ${printJson(before)}`)
  return all.sort()
}

/** Milliseconds: long laws take their time. */
const timeout = Math.max(120_000, Number(process.env.LAWS ?? 0) * 3000)

describe('a dry run', () => {
  it(
    'that goes on says what one from the beginning says',
    async () => {
      // After so many words on how it goes, a run is stopped by the next edit.
      const stopAfter = fc.option(fc.nat({ max: 30 }))
      const step = fc.record({ name: fc.constantFrom(...Object.keys(edits)), stopAfter })
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (chosen) => {
          const kept = new KeptRun(environment())
          let edited = model
          for (const { name, stopAfter } of [{ name: '', stopAfter: null }, ...chosen]) {
            edited = edits[name]?.(edited) ?? edited
            const components = generate(edited)
            const source = givenRecords(edited, recordsByPipe)
            if (stopAfter !== null) {
              const controller = new AbortController()
              let heard = 0
              const stop = { signal: controller.signal, progress: () => heard++ === stopAfter && controller.abort() }
              await kept.run(components, source, { state: 'the same', size: 7 }, stop).catch((error: unknown) => {
                if (!controller.signal.aborted) throw error
              })
              continue
            }
            const { store, problems } = await kept.run(components, source, { state: 'the same', size: 7 })
            expect(problems).toEqual([])
            const anew = await runInMemory(components, source, environment())
            expect(await changes(store, edited)).toEqual(await changes(anew.store, edited))
            expect(await countChanges(store, planOf(edited))).toEqual(await countChanges(anew.store, planOf(edited)))
          }
        }),
        { numRuns: process.env.LAWS === undefined ? 8 : Number(process.env.LAWS) },
      )
    },
    timeout,
  )

  it('runs only what an edit touches, and begins anew with other records', async () => {
    const ran: string[] = []
    const kept = new KeptRun(environment())
    const runModel = async (of: Model, state: string) => {
      ran.length = 0
      await kept.run(
        generate(of),
        givenRecords(of, recordsByPipe),
        { state, size: 7 },
        {
          progress: ({ pipes }) => {
            for (const { pipe, read, state: is } of pipes) if (is === 'done' && read > 0) ran.push(pipe)
          },
        },
      )
      return [...new Set(ran)].filter((pipe) => !pipe.endsWith('-collect')).sort()
    }
    const first = await runModel(model, 'first')
    expect(first).toContain('global-customer')
    expect(await runModel(model, 'first')).toEqual([])
    const edited = edits['nothing is inserted']?.(model) ?? model
    expect(await runModel(edited, 'first')).toEqual(['shop-client-transform'])
    expect(await runModel(edited, 'second')).toEqual(first)
  })
})
