/** Filters decided by stored columns find what reading every entity finds. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StoredColumns } from '../../../engine-worker/analysis/stored-columns/stored-columns.ts'
import { meetsFilters } from '../../../engine-worker/api/filter.ts'
import { isOfOneColumn, storedMeeting } from '../../../engine-worker/api/stored-filter.ts'
import { readEntity } from '../../../engine-worker/entity/transit.ts'
import type { Entity } from '../../../engine-worker/entity/value.ts'
import { turn } from '../../../engine-worker/run/turn.ts'
import { steady } from '../../../engine-worker/storage/clock.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { anyFilter, filteredEntity } from '../../support/filters.ts'

const environment = { now: steady(() => 1_700_000_000_000_000_000n), random: () => 0.5 }
const signal = new AbortController().signal
/** What is written in one commit: new entities, later versions of others, deletions. */
const writtenChanges = fc.array(fc.tuple(fc.nat(19), fc.option(filteredEntity, { freq: 5 })), { maxLength: 12 })

describe('a filter decided by stored columns', () => {
  it('finds what reading every entity finds, after changes, deletions and joined chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(writtenChanges, { maxLength: 5 }),
        writtenChanges,
        anyFilter,
        async (commits, later, asked) => {
          const store = memoryStore(environment)
          const columns = new StoredColumns(store, turn, 5)
          const writeChanges = async (changes: typeof later) => {
            const entities = changes.map(([id, each]): Entity => {
              return each ? { _id: `${id}`, ...each } : { _id: `${id}`, _deleted: true }
            })
            await store.commit({ datasets: [{ dataset: 'd', entities }] })
          }
          for (const changes of commits) {
            await writeChanges(changes)
            await columns.follow('d', signal)
          }
          // These are not in the columns yet.
          await writeChanges(later)
          const readMeeting = async (some: readonly number[]) => {
            const texts = await store.textsAt('d', some)
            return texts.map((text) => text !== null && meetsFilters(readEntity(text), [asked]))
          }
          const expected: number[] = []
          const versions: number[] = []
          for await (const batch of store.scan('d', { live: true })) {
            for (const each of batch) {
              versions.push(Number(each._updated))
              if (meetsFilters(each, [asked])) expected.push(Number(each._updated))
            }
          }
          const info = await store.info('d')
          const stored = info && (await columns.rows(info))
          if (!stored || !isOfOneColumn(asked)) return
          const { met, others } = await storedMeeting(stored, versions, asked, readMeeting)
          const further = await readMeeting(others)
          expect([...met, ...others.filter((_, at) => further[at])].sort((a, b) => a - b)).toEqual(expected)
          for (const version of others) expect(version).toBeGreaterThan(stored.position)
        },
      ),
      { numRuns: Number(process.env.LAWS ?? 300) },
    )
  })

  it('reads no entity for numbers and texts, and one of each other value', async () => {
    const store = memoryStore(environment)
    const entities = Array.from(
      { length: 40 },
      (_, at): Entity => ({ _id: `${at}`, text: `T${at}`, list: [at % 4], n: at }),
    )
    await store.commit({ datasets: [{ dataset: 'd', entities }] })
    const columns = new StoredColumns(store, turn, 10)
    await columns.follow('d', signal)
    const info = await store.info('d')
    const stored = info && (await columns.rows(info))
    if (!stored) return expect(stored).not.toBeNull()
    const versions = entities.map((_, at) => at + 1)
    const count = async (property: string, value: string) => {
      let read = 0
      const { met } = await storedMeeting(stored, versions, { property, how: 'is', value }, async (some) => {
        read += some.length
        return some.map(() => true)
      })
      return { read, met: met.length }
    }
    expect(await count('text', 't7')).toEqual({ read: 0, met: 1 })
    expect(await count('n', '7')).toEqual({ read: 0, met: 1 })
    expect(await count('list', '7')).toEqual({ read: 16, met: 40 })
  })
})
