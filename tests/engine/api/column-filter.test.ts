/** Filters by columns find the same entities as filters that read each entity. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  filteredProperties,
  hasColumns,
  rowsMeeting,
  rowsOfVersions,
} from '../../../engine-worker/api/column-filter.ts'
import { meetsFilters } from '../../../engine-worker/api/filter.ts'
import { KeptColumns } from '../../../engine-worker/api/kept-columns.ts'
import { readEntity } from '../../../engine-worker/entity/transit.ts'
import type { Entity } from '../../../engine-worker/entity/value.ts'
import { turn } from '../../../engine-worker/run/turn.ts'
import { steady } from '../../../engine-worker/storage/clock.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { anyFilter, filteredEntity } from '../../support/filters.ts'

const environment = { now: steady(() => 1_700_000_000_000_000_000n), random: () => 0.5 }
describe('a filter decided by columns', () => {
  it('finds what reading every entity finds, and reads one of each value', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(filteredEntity, { maxLength: 30 }), anyFilter, async (entities, asked) => {
        const store = memoryStore(environment)
        const written = entities.map((each, at): Entity => ({ _id: `${at}`, ...each }))
        await store.commit({ datasets: [{ dataset: 'd', entities: written }] })
        const properties = filteredProperties(asked)
        expect(hasColumns(asked)).toBe(true)
        const signal = new AbortController().signal
        const kept = await new KeptColumns(store, turn).columns('d', properties, { signal })
        if (!kept) return expect(written.length).toBe(0)
        const versions = [...kept.updated.subarray(0, kept.rows)]
        const { rows, others } = rowsOfVersions(kept, versions)
        expect(others).toEqual([])
        let read = 0
        const readEach = async (some: readonly number[]) => {
          read += some.length
          const texts = await store.textsAt('d', some)
          return texts.map((text) => text !== null && meetsFilters(readEntity(text), [asked]))
        }
        const found = await rowsMeeting(kept, rows, asked, readEach)
        const expected: unknown[] = []
        for await (const batch of store.scan('d')) {
          for (const each of batch) if (meetsFilters(each, [asked])) expected.push(each._updated)
        }
        expect(found.map((row) => kept.updated[row])).toEqual(expected)
        const different = properties.reduce((sum, property) => sum + (kept.columns.get(property)?.used ?? 0), 0)
        expect(read).toBeLessThanOrEqual(different)
      }),
      { numRuns: Number(process.env.LAWS ?? 300) },
    )
  })
})
