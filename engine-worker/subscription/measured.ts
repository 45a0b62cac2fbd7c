/**
 * What an environment uses by its own metrics: the text that `GET /api/metrics` of its node answers (`sesam_pipe_usage`,
 * hub/features/metrics-api.rst), kept by day. The text is not trusted.
 */
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import { Fault, problem } from '../problem.ts'
import { dayAt, numberAt, objectAt } from './fields.ts'
import {
  countedBytes,
  type FilledDataset,
  type SearchCopies,
  sampleOf,
  type UsageSample,
  type UsedDataset,
} from './usage.ts'

/** What the metrics say of one pipe. */
interface MeasuredPipe {
  readonly bytes: number
  /** Entities that are not deleted, and all versions, of the dataset that it fills; 0 where that is not said. */
  readonly entities: number
  readonly versions: number
}

/** The metrics of one day. */
export interface MeasuredDay {
  /** `yyyy-mm-dd`. */
  readonly day: string
  readonly pipes: Readonly<Record<string, MeasuredPipe>>
}

const noUsage = problem<Record<string, never>>({
  code: 'no-usage-in-metrics',
  severity: 'error',
  says: () => 'The text has no line of sesam_pipe_usage with a pipe.',
  fix: () => 'Choose what GET /api/metrics of the node answers, or a file of "pipewright run --metrics".',
})

const memberByMetric: Readonly<Record<string, keyof MeasuredPipe>> = {
  sesam_pipe_usage: 'bytes',
  sesam_pipe_sink_dataset_count_index_exists: 'entities',
  sesam_pipe_sink_dataset_count_log_exists: 'versions',
}
/** A name, its labels, and the value; a time stamp may follow. */
const SAMPLE = /^(\w+)\{(.*)\}\s+(\S+)(?:\s+\S+)?\s*$/
const PIPE = /(?:^|,)\s*pipe="((?:[^"\\]|\\.)*)"/
const MAX_PIPES = 10_000
const MAX_DAYS = 400

/**
 * What each pipe uses by the text of the metrics.
 * @throws Fault `no-usage-in-metrics`
 */
export function readMetrics(text: string): MeasuredDay['pipes'] {
  const found = new Map<string, MeasuredPipe>()
  for (const line of text.split('\n')) {
    const [, name = '', labels = '', written = ''] = SAMPLE.exec(line) ?? []
    const member = Object.hasOwn(memberByMetric, name) ? memberByMetric[name] : undefined
    const pipe = PIPE.exec(labels)?.[1]?.replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign))
    const value = Number(written)
    if (member === undefined || pipe === undefined || !Number.isFinite(value) || value < 0) continue
    if (found.size >= MAX_PIPES && !found.has(pipe)) continue
    found.set(pipe, { ...(found.get(pipe) ?? { bytes: 0, entities: 0, versions: 0 }), [member]: value })
  }
  if (![...found.values()].some(({ bytes }) => bytes > 0)) throw new Fault(noUsage({}))
  return Object.fromEntries(found)
}

/** Days with one more, which replaces an earlier one of the same day. */
export function withMeasured(days: readonly MeasuredDay[], added: MeasuredDay): readonly MeasuredDay[] {
  return [...days.filter(({ day }) => day !== added.day), added]
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))
    .slice(-MAX_DAYS)
}

/** Reads the days that were kept. */
export function readMeasured(stored: unknown): readonly MeasuredDay[] {
  if (!Array.isArray(stored)) return []
  return (stored as readonly Json[]).flatMap((each): MeasuredDay[] => {
    if (!isObject(each) || dayAt(each, 'day') === '') return []
    const pipes = Object.entries(objectAt(each, 'pipes')).flatMap(([pipe, json]) =>
      isObject(json) ? [[pipe, readPipe(json)] as const] : [],
    )
    return [{ day: dayAt(each, 'day'), pipes: Object.fromEntries(pipes) }]
  })
}

function readPipe(json: JsonObject): MeasuredPipe {
  return {
    bytes: numberAt(json, 'bytes'),
    entities: numberAt(json, 'entities'),
    versions: numberAt(json, 'versions'),
  }
}

/**
 * The datasets of a project with what was measured elsewhere; those that count for most
 * first. A pipe that the project does not have is listed under its own name, in no group.
 */
export function usedElsewhere(
  datasets: readonly FilledDataset[],
  { pipes }: Pick<MeasuredDay, 'pipes'>,
  search: SearchCopies,
): readonly UsedDataset[] {
  const known = new Map(datasets.map((each) => [each.pipe, each]))
  return Object.entries(pipes)
    .map(([pipe, measured]): UsedDataset => {
      const own = known.get(pipe) ?? { ...unknownPipe, dataset: pipe, pipe }
      const used = { ...own, ...measured }
      return { ...used, counted: countedBytes(used, search) }
    })
    .filter(({ bytes }) => bytes > 0)
    .toSorted((a, b) => b.counted - a.counted || (a.dataset < b.dataset ? -1 : 1))
}

const unknownPipe = {
  isOfProject: false,
  system: null,
  group: null,
  durable: false,
  global: false,
  readers: [],
} as const

/** The measured days as daily counts. What pipes are, such as durable, is taken from the project as it is now. */
export function measuredSamples(
  days: readonly MeasuredDay[],
  datasets: readonly FilledDataset[],
): readonly UsageSample[] {
  return days.map((each) => sampleOf(each.day, usedElsewhere(datasets, each, 0)))
}
