/** Sources whose data lies outside: supplied entities, a file of the project, or a request, whichever there is. */

import { objectSetting, sinceStrategy, textListSetting } from '../../config/model/setting.ts'
import type { Part } from '../../config/project/effective.ts'
import { contentText, type Encoding, withoutMark } from '../../config/project/read.ts'
import { get } from '../../entity/dict.ts'
import type { ReadOptions } from '../../entity/json.ts'
import { readEntities } from '../../entity/transit.ts'
import type { Entity } from '../../entity/value.ts'
import { Fault, locate, type Problem, problem } from '../../problem.ts'
import type { HttpRequest } from '../http-exchange.ts'
import { type DataFile, type OpenContext, type OpenResult, type SuppliedFile, systemOf } from '../open-context.ts'
import { hasRecorded } from '../recorded.ts'
import { urlOf } from '../request.ts'
import type { OutsideSource, RunContext } from '../runtime.ts'
import { recordedOrRequested } from '../send.ts'
import { plainText } from '../to-text.ts'
import { entitiesOfFile, wholeText } from './data-file.ts'

const needsData = problem<{ type: string; pipe: string; outside: string }>({
  code: 'source-needs-data',
  severity: 'warning',
  says: ({ type, pipe, outside }) =>
    `The ${type} source of ${pipe} reads from ${outside}, which cannot be reached here.`,
  fix: ({ pipe }) => `Supply its entities, for example as testdata/${pipe}.json.`,
})

/** The size of batches that the rest of the engine works well with. */
const SOURCE_BATCH = 2000

/** Entities in batches. */
export function inBatches(entities: Iterable<Entity>, size = SOURCE_BATCH): AsyncIterable<readonly Entity[]> {
  return rebatched([entities], size)
}

/** The same entities in batches of one size. */
async function* rebatched(
  pieces: Iterable<Iterable<Entity>> | AsyncIterable<Iterable<Entity>>,
  size = SOURCE_BATCH,
): AsyncIterable<readonly Entity[]> {
  let batch: Entity[] = []
  for await (const piece of pieces) {
    for (const entity of piece) {
      batch.push(entity)
      if (batch.length < size) continue
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}

/** How a source's own format becomes entities. */
type Parse = (text: string, part: Part, context: OpenContext) => Iterable<Entity> | Promise<Iterable<Entity>>

/** What differs between sources that read something from outside. */
interface OutsideFormat {
  readonly parse: Parse
  /** Reads a file in that format piece by piece; where it is absent, {@link parse} gets the whole of its text. */
  readonly parseFile?: (file: DataFile, part: Part, options: ReadOptions) => AsyncIterable<Iterable<Entity>>
  /** `supports_since`, `is_since_comparable`, `is_chronological` by default. */
  readonly since?: readonly [boolean, boolean, boolean]
  /** Reads over the network; absent where a browser or the command line cannot. */
  readonly fetch?: (
    part: Part,
    context: OpenContext,
    running: RunContext,
    since: unknown,
  ) => AsyncIterable<readonly Entity[]>
  /** The character set of its files; UTF-8 where absent. */
  readonly encoding?: (part: Part) => Encoding
  /** Reads the numbers of JSON; see OutsideSource. */
  readonly number?: ReadOptions['number']
  /** The `_id` of a supplied row that has none, where `primary_key` does not make it. */
  readonly identify?: (entity: Entity, part: Part, context: OpenContext) => string | undefined
  /** Words for what it reads from when it cannot be reached. */
  readonly from?: (part: Part) => string
}

/** A source over supplied data, a file of the project named by its `url`, or the network. */
export function openOutside(part: Part, context: OpenContext, outside: OutsideFormat): OpenResult<OutsideSource> {
  const supplied = context.supplied(context.pipe.id)
  const inbox = () => context.inbox?.(context.pipe.id) ?? null
  const received = inbox() !== null
  const file = supplied || received ? null : fileNamed(part, context)
  const [supports, comparable, chronological] = outside.since ?? [false, true, false]
  const local = supplied !== null || received || file !== null
  const reachable = outside.fetch !== undefined && (context.network || hasRecorded(context))
  const source: OutsideSource = {
    reads: 'outside',
    config: part.config,
    since: local ? null : sinceStrategy(part.config, supports, comparable, chronological),
    whole: true,
    ...(outside.number ? { number: outside.number } : {}),
    retryStrategy: objectSetting(systemOf(part, context)?.config ?? {}, 'retry_strategy'),
    async *read(request, running) {
      if (supplied) yield* suppliedEntities(supplied, part, context, outside, request.batch)
      else if (received) yield* inbox() ?? inBatches([])
      else if (file) yield* entitiesOf(file, part, context, outside, { size: request.batch })
      else if (outside.fetch) yield* outside.fetch(part, context, running, request.since)
    },
  }
  return { runtime: source, needs: local || reachable ? null : unreachable(part, context, outside) }
}

function unreachable(part: Part, context: OpenContext, outside: OutsideFormat): Problem {
  const system = part.config.system
  const from = outside.from?.(part) ?? (typeof system === 'string' ? `the system ${system}` : 'outside')
  return needsData(
    { type: part.type, pipe: context.pipe.id, outside: from },
    { pipe: context.pipe.id, path: part.path, function: part.type },
  )
}

const isJsonName = (name: string) => /\.(json|ndjson|jsonl)$/i.test(name)

/** JSON in transit form is entities as they are; any other file is read the way the source itself would. */
async function* suppliedEntities(
  supplied: SuppliedFile | DataFile,
  part: Part,
  context: OpenContext,
  outside: OutsideFormat,
  size: number | undefined,
): AsyncIterable<readonly Entity[]> {
  const identify = (entity: Entity) => outside.identify?.(entity, part, context) ?? keyOf(entity, part)
  const withId = (row: Entity): Entity => {
    const id = typeof row._id === 'string' ? undefined : identify(row)
    return id === undefined ? row : { ...row, _id: id }
  }
  // Rows as a service or a database gives them have no `_id`: they get the one that the source would make.
  for await (const rows of suppliedRows(supplied, part, context, outside, size)) {
    yield rows.every(({ _id }) => typeof _id === 'string') ? rows : rows.map(withId)
  }
}

/** The values of the `primary_key`, as a row read from the database itself has them in its `_id`. */
function keyOf(row: Entity, { config }: Part): string | undefined {
  const values = (textListSetting(config, 'primary_key') ?? []).map((column) => get(row, column) ?? null)
  return values.length === 0 || values.includes(null) ? undefined : values.map(plainText).join(':')
}

async function* suppliedRows(
  supplied: SuppliedFile | DataFile,
  part: Part,
  context: OpenContext,
  outside: OutsideFormat,
  size: number | undefined,
): AsyncIterable<readonly Entity[]> {
  const { name } = supplied
  const options = outside.number ? { number: outside.number } : {}
  if (!isJsonName(name)) yield* entitiesOf(supplied, part, context, outside, { typed: true, size })
  else if ('bytes' in supplied) yield* withFileName(name, rebatched(entitiesOfFile(supplied, part, options), size))
  else
    yield* withFileName(
      name,
      parsedBatches(() => readEntities(contentText(supplied.text, name), { file: name, ...options })),
    )
}

/**
 * The entities of a file in the source's own format. `typed`: a text was given by a person, whatever the character set of
 * the source's files is.
 */
async function* entitiesOf(
  file: SuppliedFile | DataFile,
  part: Part,
  context: OpenContext,
  { parse, parseFile, encoding, number }: OutsideFormat,
  { typed = false, size }: { readonly typed?: boolean; readonly size: number | undefined },
): AsyncIterable<readonly Entity[]> {
  const { name } = file
  if ('bytes' in file && parseFile) {
    yield* withFileName(name, rebatched(parseFile(file, part, number ? { number } : {}), size))
    return
  }
  const text = async () => {
    if ('bytes' in file) return wholeText(file, part.type, encoding?.(part))
    const { text } = file
    return typed && typeof text === 'string' ? withoutMark(text) : contentText(text, name, encoding?.(part))
  }
  yield* withFileName(
    name,
    parsedBatches(async () => parse(await text(), part, context)),
  )
}

async function* parsedBatches(parse: () => Iterable<Entity> | Promise<Iterable<Entity>>) {
  yield* inBatches(await parse())
}

async function* withFileName<T>(file: string, pieces: AsyncIterable<T>): AsyncIterable<T> {
  try {
    yield* pieces
  } catch (error) {
    throw error instanceof Fault ? new Fault(locate(error.problem, { file })) : error
  }
}

/** A data file of the project whose name ends the source's URL: `…/crm/customers.json` finds `data/customers.json`. */
function fileNamed(part: Part, context: OpenContext): SuppliedFile | DataFile | null {
  const url = part.config.url
  if (typeof url !== 'string' || url === '') return null
  const wanted = (url.split(/[?#]/)[0] ?? '').split('/').filter((piece) => piece !== '')
  const whole = (urlOf(part, context).split(/[?#]/)[0] ?? '').split('/').filter((piece) => piece !== '')
  let best: { name: string; score: number } | null = null
  for (const name of [...Object.keys(context.files), ...(context.dataFiles?.keys() ?? [])]) {
    if (name.endsWith('.conf.json') || name.startsWith('expected/') || name.startsWith('testdata/')) continue
    if (commonTail(name.split('/'), wanted) < Math.min(wanted.length, name.split('/').length)) continue
    const score = commonTail(name.split('/'), whole)
    if (!best || score > best.score) best = { name, score }
  }
  if (!best) return null
  return context.dataFiles?.get(best.name) ?? { name: best.name, text: context.files[best.name] ?? '' }
}

/** How many pieces two paths share from their ends. */
function commonTail(a: readonly string[], b: readonly string[]): number {
  let count = 0
  while (count < a.length && count < b.length && a[a.length - 1 - count] === b[b.length - 1 - count]) count++
  return count
}

/** Reads one document over the network and parses it. `more` adds to the request what the source's settings say. */
export function fetchDocument(parse: Parse, more: (part: Part) => Partial<HttpRequest> = () => ({})) {
  return async function* (part: Part, context: OpenContext, running: RunContext): AsyncIterable<readonly Entity[]> {
    const system = systemOf(part, context)
    const answer = await recordedOrRequested({ url: urlOf(part, context), ...more(part) }, system, context, running)
    yield* inBatches(await parse(withoutMark(answer.text), part, context))
  }
}
