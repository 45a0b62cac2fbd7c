/** What the datasets of a project take: as stored here, or as the metrics of an environment say. */
import { datasetWritten } from '../config/project/facts.ts'
import { get } from '../entity/dict.ts'
import { factsOfPipes } from '../run/session-facts.ts'
import { utcDay } from '../subscription/calendar.ts'
import { type MeasuredDay, measuredSamples, readMeasured, usedElsewhere } from '../subscription/measured.ts'
import { readSamples } from '../subscription/samples.ts'
import {
  countedBytes,
  type FilledDataset,
  type SearchCopies,
  sampleOf,
  type UsageSample,
  type UsedDataset,
  withSample,
} from '../subscription/usage.ts'
import { datasetsOf } from './datasets.ts'
import type { OpenedProject } from './host.ts'

/** The state of the project's store that holds the daily counts. */
const SAMPLES_KEY = 'usage-samples'

/** Which environment is counted. */
export interface CountedEnvironment {
  /** The config groups that are counted; all when absent or null. */
  readonly groups?: readonly string[] | null
  /** The id of the environment, whose own metrics count where there are any; absent: what is stored here. */
  readonly environment?: string | undefined
}

type OpenedData = Pick<OpenedProject, 'session' | 'store'>

/** The state that holds the metrics of an environment. */
export function measuredState(environment: string): string {
  return `usage-measured:${environment}`
}

/** The metrics of an environment by day; none where it is counted here. */
export async function measuredDays({ store }: OpenedData, environment: string): Promise<readonly MeasuredDay[]> {
  return readMeasured(await store.state(measuredState(environment)))
}

/** What is used, and by day. */
interface Usage {
  readonly datasets: readonly UsedDataset[]
  readonly samples: readonly UsageSample[]
}

/** `here`, or what the metrics of the environment say where there are any, with the day of the last ones. */
export async function usageOf(
  opened: OpenedData,
  { environment }: Pick<CountedEnvironment, 'environment'>,
  here: Usage,
  search: SearchCopies,
): Promise<Usage & { readonly measured: string | null }> {
  const days = environment === undefined ? [] : await measuredDays(opened, environment)
  const last = days.at(-1)
  if (last === undefined) return { ...here, measured: null }
  const filled = filledDatasets(opened)
  return {
    datasets: usedElsewhere(filled, last, search),
    samples: measuredSamples(days, filled),
    measured: last.day,
  }
}

/** The daily counts of an environment. */
export async function samplesIn(opened: OpenedData, environment: string): Promise<readonly UsageSample[]> {
  const here = { datasets: [], samples: readSamples(await opened.store.state(SAMPLES_KEY)) }
  return (await usageOf(opened, { environment }, here, 0)).samples
}

/** Whether a dataset belongs to an environment with some of the groups; to one with all where null. */
export function isIn(groups: readonly string[] | null, { group }: UsedDataset): boolean {
  return groups === null || groups.includes(group ?? '')
}

/** Counts what is used, and keeps it as the sample of the day of `now` (nanoseconds since 1970). */
export async function sampleUsage(opened: OpenedData, now: bigint, search: SearchCopies = 0): Promise<Usage> {
  const datasets = await usedDatasets(opened, search)
  const before = readSamples(await opened.store.state(SAMPLES_KEY))
  const day = utcDay(now)
  const samples = withSample(before, sampleOf(day, datasets))
  if (JSON.stringify(samples) !== JSON.stringify(before))
    await opened.store.commit({ states: [{ key: SAMPLES_KEY, value: JSON.parse(JSON.stringify(samples)) }] })
  return { datasets, samples }
}

/** The datasets that pipes of the open project fill; those that count for most first. */
export async function usedDatasets(opened: OpenedData, search: SearchCopies): Promise<UsedDataset[]> {
  const filled = new Map(filledDatasets(opened).map((each) => [each.dataset, each]))
  const found = (await datasetsOf(opened)).flatMap(({ name, role, bytes, live, versions }): UsedDataset[] => {
    const known = filled.get(name)
    if (role !== 'dataset' || known === undefined) return []
    return [{ ...known, bytes, counted: countedBytes({ ...known, bytes }, search), entities: live, versions }]
  })
  return found.toSorted((a, b) => b.counted - a.counted || (a.dataset < b.dataset ? -1 : 1))
}

/** The datasets that pipes are to fill, whether they have run or not; the last pipe where several fill one. */
function filledDatasets({ session }: OpenedData): FilledDataset[] {
  const facts = new Map(factsOfPipes(session).map((each) => [each.pipe, each]))
  const filled = new Map<string, FilledDataset>()
  for (const { effective: pipe } of session.pipes()) {
    const dataset = datasetWritten(pipe.sink)
    const known = facts.get(pipe.id)
    if (dataset === null || known === undefined) continue
    const group = get(pipe.metadata, '$config-group')
    const readers = [...facts.values()].filter(
      (each) => each.pipe !== pipe.id && [...each.reads, ...each.hops].includes(dataset),
    )
    filled.set(dataset, {
      dataset,
      pipe: pipe.id,
      isOfProject: true,
      system: known.systems[0] ?? null,
      group: typeof group === 'string' ? group : null,
      durable: get(pipe.metadata, 'durable') === true,
      global: known.global,
      readers: readers.map((reader) => reader.pipe),
    })
  }
  return [...filled.values()]
}
