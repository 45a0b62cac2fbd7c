/**
 * Which source property belongs to which target property: what the tests of a pipe expect, what pipes behind it read, what
 * other datasets of the same things hold, what it fills only in part, and what it does not use yet. Each suggestion has its
 * evidence (names, values, what values look like) and is counted on the entities at hand.
 */
import { propertiesWantedOf, siblingsOf } from '../analysis/wanted-properties.ts'
import { datasetWritten } from '../config/project/facts.ts'
import { type FileContents, textAt } from '../config/project/read.ts'
import { segmentText } from '../dtl/tree/path.ts'
import { printJson } from '../entity/json.ts'
import { decodeTransit, printValue, readEntity } from '../entity/transit.ts'
import { type Dict, isDict, type Json } from '../entity/value.ts'
import type { Environment } from '../environment.ts'
import { conversion } from '../ingest/recognise.ts'
import { Fault } from '../problem.ts'
import { readExpected } from '../testing/compare.ts'
import { readTestSpec, specFiles } from '../testing/spec.ts'
import { capability } from './capability.ts'
import {
  type ColumnEvidence,
  type ColumnLikeness,
  columnEvidence,
  evidenceOf,
  hasValue,
  likenessOf,
  usualKind,
} from './column-evidence.ts'
import type { OpenedProject } from './host.ts'
import { entitiesOf } from './key-matches.ts'
import { resultOf } from './step-result.ts'

/** What says that a property is wanted. */
interface WantedBy {
  readonly is: 'test' | 'reader' | 'sibling'
  /** The test, the pipe that reads it, or the dataset that has it. */
  readonly name: string
}

/** Asks about a rule: the entities that come in, with what it makes of each, as transit texts. */
interface SuggestedMappingsRequest {
  readonly pipe: string
  readonly entities: readonly { readonly source: string; readonly made: string | null }[]
  /** Properties of the source that the rule reads, and those that it writes. */
  readonly used: readonly string[]
  readonly written: readonly string[]
  /** Whether everything that comes in is copied. */
  readonly copiesAll: boolean
  /** Whether the rule makes what the pipe writes. */
  readonly isLast: boolean
}

/** A source property for a target property. */
export interface SuggestedMapping {
  /** `map`: the target is not made yet; `fill`: it is empty for some; `keep`: the source is used nowhere. */
  readonly does: 'map' | 'fill' | 'keep'
  readonly target: string
  readonly from: string
  /** The value as JSON text, read from the source alone. */
  readonly expression: string
  readonly why: ColumnLikeness['why'] | 'unused'
  readonly wanted: WantedBy | null
  /** How many of `of` entities would get a value that they do not have. */
  readonly filled: number
  readonly of: number
  readonly agree: ColumnLikeness['agree']
  /** A value and what it becomes, as transit texts. */
  readonly sample: string
  readonly gives: string
}

interface TargetColumn extends ColumnEvidence {
  readonly wanted: WantedBy | null
}

interface SourceAndTarget {
  readonly source: Dict
  readonly made: Dict | null
}

/** Entities of other datasets that are looked at, and suggestions worth reading. */
const MAX_ENTITIES = 2000
const MAX_SUGGESTIONS = 200

/** Mappings for a rule, those with the best evidence first, then what is used nowhere, the most filled first. */
export const suggestedMappings = capability(
  'suggestedMappings',
  'draft',
  async (request: SuggestedMappingsRequest, { host }): Promise<readonly SuggestedMapping[]> => {
    const { environment } = host.platform
    const { used, written, copiesAll } = request
    const rows = request.entities.map(
      ({ source, made }): SourceAndTarget => ({
        source: readEntity(source),
        made: made === null ? null : readEntity(made),
      }),
    )
    const entities = rows.map(({ source }) => source)
    const columns = [...(await columnEvidence(entities, environment)).values()]
    const isWritten = (name: string) =>
      written.includes(name) || (copiesAll && columns.some((each) => each.name === name))
    const missing = request.isLast ? await wantedColumns(host.current(), request.pipe, environment) : []
    const unused = columns.filter(({ name }) => !used.includes(name) && name !== '_id')
    const pairs = [
      ...missing.filter(({ name }) => !isWritten(name)).flatMap((target) => pairsOf('map', columns, target)),
      ...(await gapMappings(rows, written, environment)).flatMap((target) => pairsOf('fill', unused, target)),
    ].sort((a, b) => b.like.score - a.like.score)
    const found: SuggestedMapping[] = []
    const [targets, sources] = [new Set<string>(), new Set<string>()]
    for (const { does, column, target, like } of pairs) {
      if (targets.has(target.name) || sources.has(column.name)) continue
      const expression = expressionFor(column, target)
      const filled = rows.filter(
        ({ source, made }) => hasValue(source[column.name]) && !(made !== null && hasValue(made[target.name])),
      ).length
      if (expression === null || filled === 0) continue
      targets.add(target.name)
      sources.add(column.name)
      const { why, agree } = like
      const about = { does, target: target.name, from: column.name, why, wanted: target.wanted, agree, filled }
      found.push({ ...about, of: rows.length, ...(await withSamples(column, expression, environment)) })
    }
    const copiedProperties = copiesAll ? [] : unused.toSorted((a, b) => b.values.length - a.values.length)
    for (const column of copiedProperties.slice(0, MAX_SUGGESTIONS)) {
      const target = localPart(column.name)
      if (sources.has(column.name) || targets.has(target) || isWritten(target)) continue
      targets.add(target)
      const about = { does: 'keep', target, from: column.name, why: 'unused', wanted: null, agree: null } as const
      const counts = { filled: column.values.length, of: rows.length }
      found.push({ ...about, ...counts, ...(await withSamples(column, pathTo(column), environment)) })
    }
    return found
  },
)

interface MappingPair {
  readonly does: 'map' | 'fill'
  readonly column: ColumnEvidence
  readonly target: TargetColumn
  readonly like: ColumnLikeness
}

function pairsOf(
  does: MappingPair['does'],
  columns: readonly ColumnEvidence[],
  target: TargetColumn,
): readonly MappingPair[] {
  return columns.flatMap((column) => {
    const like = likenessOf(column, target)
    return like === null ? [] : [{ does, column, target, like }]
  })
}

/** Targets that are written but have no value for some entities, with the values that they have. */
async function gapMappings(
  rows: readonly SourceAndTarget[],
  written: readonly string[],
  environment: Environment,
): Promise<readonly TargetColumn[]> {
  const found: TargetColumn[] = []
  for (const name of new Set(written)) {
    if (/[*?]|^[_$]/.test(name)) continue
    const written = rows.flatMap((row) => (row.made === null ? [] : [row.made[name] ?? null]))
    const values = written.filter(hasValue)
    if (values.length < written.length) found.push({ ...(await evidenceOf(name, values, environment)), wanted: null })
  }
  return found
}

/** What others want of the pipe: its tests, the pipes that read its dataset, and datasets that are read beside it. */
async function wantedColumns(
  { session, store }: OpenedProject,
  id: string,
  environment: Environment,
): Promise<readonly TargetColumn[]> {
  const pipes = session.pipes().map(({ effective }) => effective)
  const found = new Map<string, TargetColumn>()
  const add = (column: ColumnEvidence, wanted: WantedBy) => {
    const name = localPart(column.name)
    if (name !== '_id' && !found.has(name)) found.set(name, { ...column, name, wanted })
  }
  for (const { test, entities } of expectedOf(session.contents, id))
    for (const column of (await columnEvidence(entities, environment)).values()) add(column, { is: 'test', name: test })
  const openPipe = pipes.find((pipe) => pipe.id === id)
  const dataset = openPipe ? datasetWritten(openPipe.sink) : null
  if (dataset === null) return [...found.values()]
  const beside: { readonly column: ColumnEvidence; readonly dataset: string }[] = []
  for (const name of siblingsOf(dataset, pipes)) {
    const { entities } = await entitiesOf(store, { dataset: name })
    const columns = await columnEvidence(entities.slice(0, MAX_ENTITIES), environment)
    for (const column of columns.values()) beside.push({ column, dataset: name })
  }
  for (const { property, pipe } of propertiesWantedOf(dataset, id, pipes)) {
    const like = beside.find(({ column }) => localPart(column.name) === property)
    add(like?.column ?? (await evidenceOf(property, [], environment)), { is: 'reader', name: pipe })
  }
  for (const { column, dataset: name } of beside) add(column, { is: 'sibling', name })
  return [...found.values()]
}

interface ExpectedOutput {
  readonly test: string
  readonly entities: readonly Dict[]
}

/** The entities that the tests of a pipe expect; a file that cannot be read says nothing here, it is a problem of its own. */
function expectedOf(files: FileContents, pipe: string): readonly ExpectedOutput[] {
  return specFiles(files).flatMap((path) => {
    try {
      const spec = readTestSpec(path, textAt(files, path) ?? '')
      const text = spec.pipe === pipe && spec.endpoint === 'json' ? textAt(files, spec.file) : undefined
      if (text === undefined) return []
      const entities = readExpected(text, spec.file).slice(0, MAX_ENTITIES).map(decodeTransit).filter(isDict)
      return [{ test: spec.name, entities }]
    } catch (error) {
      if (error instanceof Fault) return []
      throw error
    }
  })
}

/** How a property becomes what a target holds: as it is, or read as the target's other values are; null where neither fits. */
function expressionFor(column: ColumnEvidence, target: TargetColumn): Json | null {
  const [has, wants] = [usualKind(column.values), usualKind(target.values)]
  if (wants === null || has === wants) return pathTo(column)
  const results = [...(column.read?.results.values() ?? [])].filter(hasValue)
  if (column.read === null || usualKind(results) !== wants) return null
  const { read, of, reading } = column.read
  return conversion(reading.dtl, pathTo(column), read === of)
}

async function withSamples(
  column: ColumnEvidence,
  expression: Json,
  environment: Environment,
): Promise<Pick<SuggestedMapping, 'expression' | 'sample' | 'gives'>> {
  const sample = column.values[0] ?? null
  const gives =
    typeof expression === 'string' ? sample : await resultOf(expression, { [column.name]: sample }, {}, environment)
  return { expression: printJson(expression), sample: printValue(sample), gives: printValue(gives) }
}

function pathTo({ name }: ColumnEvidence): string {
  return `_S.${segmentText(name)}`
}

/** A name without its namespace. */
function localPart(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1)
}
