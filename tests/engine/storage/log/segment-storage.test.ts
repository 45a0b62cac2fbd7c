/** The port of segments: memory, files and IndexedDB answer like a sorted list. */
import 'fake-indexeddb/auto'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fileSegments } from '../../../../engine-worker/node/storage/file-segments.ts'
import { IndexedDbSegments } from '../../../../engine-worker/storage/indexeddb/database.ts'
import { memorySegments, SegmentMemory } from '../../../../engine-worker/storage/log/memory-segments.ts'
import type {
  DatasetRecord,
  SegmentStorage,
  StateRecord,
} from '../../../../engine-worker/storage/log/segment-storage.ts'
import { emptyFolder } from '../../../support/command.ts'
import { recordOf, segmentOf } from './segments.ts'

const folder = emptyFolder()
let count = 0

/** Each gives a place for data; each call of what it gives opens the place anew. */
const storages: Readonly<Record<string, () => () => SegmentStorage>> = {
  memory: () => {
    const memory = new SegmentMemory()
    return () => memorySegments(memory)
  },
  files: () => {
    const here = join(folder, String(count++))
    return () => fileSegments(here)
  },
  'the browser’s database': () => {
    const project = String(count++)
    return () => new IndexedDbSegments(project)
  },
}

const logs = [1, 2, 12]
const firsts = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 4 })
const log = fc.constantFrom(...logs)
const keys = fc.uniqueArray(fc.constantFrom('a', 'a/', 'a/1', 'a/10', 'a/2', 'a0', 'b/1', 'ø/', '__proto__'), {
  maxLength: 4,
})
const names = fc.uniqueArray(fc.constantFrom('people', 'orders', '__proto__'), { maxLength: 2 })
const stepArbitrary = fc.oneof(
  fc.record({ do: fc.constant('put' as const), log, firsts, size: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constant('delete' as const), log, firsts }),
  fc.record({ do: fc.constant('delete after' as const), log, after: fc.nat(30) }),
  fc.record({ do: fc.constant('put states' as const), keys, value: fc.nat() }),
  fc.record({ do: fc.constant('delete states' as const), keys }),
  fc.record({ do: fc.constant('put datasets' as const), names, log: fc.nat(9) }),
  fc.record({ do: fc.constant('delete datasets' as const), names }),
)
type Step = typeof stepArbitrary extends fc.Arbitrary<infer T> ? T : never
const batch = fc.record({
  steps: fc.array(stepArbitrary, { maxLength: 4 }),
  fails: fc.boolean(),
  reopens: fc.boolean(),
})

/** A naive storage: maps that are sorted at each request. */
class Model {
  segments = new Map<number, Map<number, readonly number[]>>()
  states = new Map<string, StateRecord>()
  datasets = new Map<string, DatasetRecord>()

  apply(step: Step): void {
    if (step.do === 'put') {
      const of = this.segments.get(step.log) ?? new Map()
      for (const first of step.firsts) of.set(first, versionsFrom(first, step.size))
      this.segments.set(step.log, of)
    } else if (step.do === 'delete') for (const first of step.firsts) this.segments.get(step.log)?.delete(first)
    else if (step.do === 'delete after') {
      for (const first of this.firsts(step.log)) if (first > step.after) this.segments.get(step.log)?.delete(first)
    } else if (step.do === 'put states') {
      for (const key of step.keys) this.states.set(key, { key, value: String(step.value) })
    } else if (step.do === 'delete states') for (const key of step.keys) this.states.delete(key)
    else if (step.do === 'put datasets') {
      for (const name of step.names) this.datasets.set(name, recordOf(name, step.log))
    } else for (const name of step.names) this.datasets.delete(name)
  }

  firsts(log: number): readonly number[] {
    return [...(this.segments.get(log)?.keys() ?? [])].sort((a, b) => a - b)
  }
}

const versionsFrom = (first: number, size: number) => Array.from({ length: size }, (_, n) => first + n / 4)

async function writeSteps(storage: SegmentStorage, steps: readonly Step[], fails: boolean): Promise<void> {
  await storage.write(async (to) => {
    for (const step of steps) {
      if (step.do === 'put')
        await to.putSegments(step.firsts.map((first) => segmentOf(step.log, versionsFrom(first, step.size))))
      else if (step.do === 'delete') await to.deleteSegments(step.log, step.firsts)
      else if (step.do === 'delete after') await to.deleteAfter(step.log, step.after)
      else if (step.do === 'put states')
        await to.putStates(step.keys.map((key) => ({ key, value: String(step.value) })))
      else if (step.do === 'delete states') await to.deleteStates(step.keys)
      else if (step.do === 'put datasets') await to.putDatasets(step.names.map((name) => recordOf(name, step.log)))
      else await to.deleteDatasets(step.names)
    }
    if (fails) throw new Error('refused')
  })
}

async function agree(storage: SegmentStorage, model: Model): Promise<void> {
  for (const log of logs) {
    const firsts = model.firsts(log)
    const segmentsOf = (some: readonly number[]) => some.map((first) => model.segments.get(log)?.get(first))
    const heads = await storage.headsAfter(log, 0, 100)
    expect(heads.map(({ first }) => first)).toEqual(firsts)
    expect(heads.map(({ updated }) => Array.from(updated))).toEqual(segmentsOf(firsts))
    const some = await storage.headsAfter(log, 7, 2)
    expect(some.map(({ first }) => first)).toEqual(firsts.filter((first) => first > 7).slice(0, 2))
    const between = await storage.segmentsBetween(log, 5, 20)
    expect(between.map(({ first }) => first)).toEqual(firsts.filter((first) => first >= 5 && first <= 20))
    const asked = [20, 3, 3, 7, 31]
    expect((await storage.segmentsAt(log, asked)).map((each) => each && Array.from(each.updated))).toEqual(
      segmentsOf(asked),
    )
    expect((await storage.headsAt(log, asked)).map((each) => each && Array.from(each.updated))).toEqual(
      segmentsOf(asked),
    )
  }
  const sorted = [...model.states.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
  for (const prefix of ['', 'a/', 'ø']) {
    const having = sorted.filter(({ key }) => key.startsWith(prefix))
    expect(await storage.statesAfter(prefix, null, 100)).toEqual(having)
    expect(await storage.statesAfter(prefix, 'a/1', 2)).toEqual(having.filter(({ key }) => key > 'a/1').slice(0, 2))
  }
  for (const key of ['a/1', '__proto__', 'never']) expect(await storage.state(key)).toEqual(model.states.get(key))
}

describe.each(Object.entries(storages))('segments in %s', (_, place) => {
  test('answer like sorted lists after any batches, of which those that fail leave nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { maxLength: 5 }), async (batches) => {
        const reopen = place()
        let storage = reopen()
        await storage.open(() => 0.5)
        const model = new Model()
        for (const { steps, fails, reopens } of batches) {
          const written = writeSteps(storage, steps, fails)
          if (fails) await expect(written).rejects.toThrow('refused')
          else {
            await written
            for (const step of steps) model.apply(step)
          }
          if (reopens) {
            await storage.close()
            storage = reopen()
            const records = await storage.open(() => 0.25)
            const byName = (a: DatasetRecord, b: DatasetRecord) => (a.name < b.name ? -1 : 1)
            expect([...records].sort(byName)).toEqual([...model.datasets.values()].sort(byName))
          }
          await agree(storage, model)
        }
        await storage.close()
      }),
      { numRuns: 25 },
    )
  }, 60_000)

  test('have one seed for as long as the data lives', async () => {
    const reopen = place()
    const first = reopen()
    await first.open(() => 0.5)
    await first.close()
    const second = reopen()
    await second.open(() => 0.75)
    expect([first.seed, second.seed]).toEqual([2 ** 31, 2 ** 31])
    await second.close()
  })

  test('keep texts and bytes of segments and states as they are', async () => {
    const storage = place()()
    await storage.open(() => 0.5)
    const text = '{"_id":"ø \\"quoted\\" \ud83d\ude00"}'
    const packed = segmentOf(1, [1])
    const bytes = new Uint8Array([0, 255, 10])
    await storage.write(async (to) => {
      await to.putSegments([{ ...packed, segment: { ...packed.segment, text } }])
      await to.putStates([{ key: 'bytes', value: bytes }])
    })
    const [segment] = await storage.segmentsAt(1, [1])
    expect(segment?.text).toBe(text)
    expect(segment?.stamps).toEqual(packed.segment.stamps)
    const { value } = (await storage.state('bytes')) ?? {}
    expect(Array.from(value as Uint8Array)).toEqual([0, 255, 10])
    await storage.close()
  })
})
