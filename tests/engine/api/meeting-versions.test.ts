/** Versions that meet filters: by reading them, by stored columns and by columns in memory the same ones. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { datasetViews } from '../../../engine-worker/api/dataset-views.ts'
import { type Filter, meetsFilters } from '../../../engine-worker/api/filter.ts'
import { meetingOf } from '../../../engine-worker/api/meeting-versions.ts'
import type { Entity } from '../../../engine-worker/entity/value.ts'
import { steady } from '../../../engine-worker/storage/clock.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { anyFilter, filteredEntity } from '../../support/filters.ts'

const environment = {
  now: steady(() => 1_700_000_000_000_000_000n),
  random: () => 0.5,
  randomBytes: (length: number) => new Uint8Array(length),
}
const { signal } = new AbortController()
/** More than are read one by one. */
const entities = fc
  .sample(filteredEntity, { numRuns: 1300, seed: 7 })
  .map((each, at): Entity => ({ _id: `${at}`, ...each }))
const changedEntities = fc
  .sample(filteredEntity, { numRuns: 20, seed: 8 })
  .map((each, at): Entity => ({ _id: `${at * 60}`, ...each }))

async function openViews() {
  const store = memoryStore(environment)
  const writeEntities = (some: readonly Entity[]) => store.commit({ datasets: [{ dataset: 'd', entities: some }] })
  await writeEntities(entities)
  return { store, write: writeEntities, views: datasetViews(store, environment, () => false) }
}

/** What reading every entity finds, and what {@link meetingOf} does. */
async function foundVersions({ store, views }: Awaited<ReturnType<typeof openViews>>, filters: readonly Filter[]) {
  await views.search.follow('d')
  const versions: number[] = []
  const expected: number[] = []
  for await (const batch of store.scan('d', { live: true })) {
    for (const each of batch) {
      versions.push(Number(each._updated))
      if (meetsFilters(each, filters)) expected.push(Number(each._updated))
    }
  }
  const [index] = views.search.indexesOf(['d'])
  const met = index && (await meetingOf({ store, columns: views.columns }, index, versions, filters, signal))
  return { met, expected }
}

describe('the versions that meet filters', () => {
  it.each([
    ['nothing is kept', false],
    ['columns are stored, and some entities have changed since', true],
  ])('are the same where %s', async (_, isStored) => {
    const dataset = await openViews()
    if (isStored) {
      await dataset.views.storedColumns.follow('d', signal)
      await dataset.write(changedEntities)
    }
    await fc.assert(
      fc.asyncProperty(fc.array(anyFilter, { minLength: 1, maxLength: 3 }), async (filters) => {
        const { met, expected } = await foundVersions(dataset, filters)
        expect(met).toEqual(expected)
      }),
      { numRuns: Number(process.env.LAWS ?? 40) },
    )
  })
})
