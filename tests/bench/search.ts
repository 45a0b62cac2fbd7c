/**
 * The `search` section of the bench, in a worker of real Chromium: queries over 100,000 and 1,000,000 entities, how fast
 * the index is built beside how fast the dataset is written, what a run loses while it is built, and the profile of one
 * column. The figures go to stderr; the results are how many times better than the limit of each they are, 1 or more.
 */
import { median } from '../../engine-worker/node/commands/bench/measure.ts'
import { askWorker, type Harness, startHarness } from '../chromium.ts'
import type { SearchFigures } from './search/worker.ts'

const SIZES = (process.env.BENCH_ENTITIES ?? '100000,1000000').split(',').map(Number)

/** Limits: milliseconds of the median first hits, milliseconds of a profile of a million values, the rest as ratios. */
const maxFirstHitMs = (entities: number) => (entities > 100_000 ? 200 : 50)
const PROFILE = 1000
const MIN_SHARE_OF_WRITING = 0.5
const MIN_SHARE_OF_RUN = 0.85

/** Ratios to the limits, higher is better. */
export async function search(): Promise<Record<string, number>> {
  const harness = await startHarness(new URL('./search/worker.ts', import.meta.url))
  try {
    const found: Record<string, number> = {}
    for (const entities of SIZES) {
      const figures = await measure(harness, entities)
      const firstHits = median(figures.queries.map(({ took }) => took))
      found[`first_hits_${entities}_vs_limit`] = maxFirstHitMs(entities) / firstHits
      found[`index_${entities}_vs_half_of_writing`] = figures.write / figures.index / MIN_SHARE_OF_WRITING
      found[`run_while_indexing_${entities}_vs_limit`] = figures.run / figures.runWhileIndexing / MIN_SHARE_OF_RUN
      found[`profile_${entities}_vs_limit`] = PROFILE / figures.firstProfile
    }
    return found
  } finally {
    await harness.close()
  }
}

async function measure(harness: Harness, entities: number): Promise<SearchFigures> {
  const figures = await askWorker<SearchFigures>(harness, { entities, project: `bench search ${entities}` })
  const milliseconds = (value: number) => `${Math.round(value)} ms`
  console.warn(
    [
      `${entities} entities: written in ${milliseconds(figures.write)}, indexed in ${milliseconds(figures.index)}`,
      `${(figures.bytes / entities).toFixed(0)} bytes an entity, opened again in ${milliseconds(figures.reopen)}`,
      `a run takes ${milliseconds(figures.run)}, ${milliseconds(figures.runWhileIndexing)} while another dataset is indexed`,
      `columns kept in ${milliseconds(figures.columns)}, ${(figures.columnBytes / entities).toFixed(0)} bytes an entity`,
      `profile of a column that is not kept ${milliseconds(figures.unkeptProfile)}, of a kept one ${milliseconds(figures.firstProfile)}, after a change ${milliseconds(figures.profile)}, of the ids ${milliseconds(figures.profileIds)}`,
      ...[...figures.queries, ...figures.filters].map(
        ({ query, took, first, total }) =>
          `  ${query.padEnd(28)} ${milliseconds(took)} (at first ${milliseconds(first)}), ${total} hits`,
      ),
    ].join('\n'),
  )
  return figures
}
