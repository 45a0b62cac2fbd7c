/**
 * A composite pipe as the plain pipes that Sesam runs with the same result (product brief, section 3). The last part
 * keeps the `_id`, because others read its dataset, and everything that is not about the source; fold.ts is the inverse.
 *
 * Plain pipes know nothing of each other, so two things that a composite pipe gets right are up to its rules there. Where
 * several source entities make an output of the same `_id`, the composite pipe shows what a full run would come to last;
 * of several pipes each shows what it read last. And a dataset between two pipes holds deleted entities, which pass
 * through the later rules like all others: a rule that creates entities has to look at `_deleted`.
 */

import { declaredKind } from '../config/model/declared.ts'
import type { Field, KindRole } from '../config/model/define.ts'
import { kindOfPart } from '../config/model/nested.ts'
import { sourceOfDataset } from '../config/model/syntax.ts'
import type { FunctionTable } from '../dtl/tree/functions.ts'
import { get } from '../entity/dict.ts'
import { entriesOf, objectOf } from '../entity/entries.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import { declaredParts } from './declared-parts.ts'
import { emitsChildren, type SplitPoint, splitPoints, transformsOf } from './split-points.ts'

/** Where a part says which pipe it belongs to, in its metadata. */
export const COMPOSITE = '$composite'

/** The properties of a pipe that the first part of it has, or every part, as the pipe's fields say. */
function propertiesOfParts(parts: Field['ofParts']): readonly string[] {
  const fields = declaredKind('pipe', 'pipe')?.fields ?? []
  return fields.filter(({ ofParts }) => ofParts === parts).map(({ name }) => name)
}

/** An expanded pipe. */
interface Expansion {
  /** The plain pipes in order; the pipe itself when it needs no split. */
  readonly parts: readonly JsonObject[]
  readonly cuts: readonly SplitPoint[]
}

/** Expands a pipe. `taken` are `_id`s of other components and names of datasets that parts must not get. */
export function expandPipe(pipe: JsonObject, functions: FunctionTable, taken: Iterable<string> = []): Expansion {
  const id = get(pipe, '_id')
  const found = isPart(pipe) || !isObject(get(pipe, 'source')) ? [] : splitPoints(pipe, functions)
  if (found.length === 0 || typeof id !== 'string') return { parts: [pipe], cuts: [] }
  const stages = transformsOf(pipe)
  const places = [...new Set(found.map(({ before }) => before))].sort((a, b) => a - b)
  const bounds = [0, ...places, stages.length]
  const slices = bounds.slice(1).map((end, index) => stages.slice(bounds[index], end))
  const names = partNames(pipe, id, slices, new Set([...taken, id]))
  return { parts: partsOf(pipe, id, names, slices), cuts: found }
}

/** The parts of a pipe, given their names and the transforms of each. */
export function partsOf(
  pipe: JsonObject,
  id: string,
  names: readonly string[],
  slices: readonly (readonly Json[])[],
): JsonObject[] {
  const list = Array.isArray(get(pipe, 'transform'))
  return slices.map((slice, index) => {
    const mark = { pipe: id, part: index + 1, parts: slices.length }
    const source = index === 0 ? get(pipe, 'source') : sourceOfDataset(names[index - 1] ?? id)
    const stage = { source, transform: slice.length === 0 ? undefined : list ? [...slice] : slice[0] }
    const next = slices[index + 1]
    return next ? earlierPart(pipe, id, names[index] ?? id, index, stage, next, mark) : lastPart(pipe, stage, mark)
  })
}

/** Whether a pipe is a part that `expand` made. */
function isPart(pipe: JsonObject): boolean {
  const metadata = get(pipe, 'metadata')
  return isObject(metadata) && get(metadata, COMPOSITE) !== undefined
}

interface Stage {
  readonly source: Json | undefined
  readonly transform: Json | undefined
}

function earlierPart(
  pipe: JsonObject,
  id: string,
  name: string,
  index: number,
  stage: Stage,
  next: readonly Json[],
  mark: JsonObject,
): JsonObject {
  const ofEvery = propertiesOfParts('every')
  const shared = entriesOf(pipe).filter(([key]) => ofEvery.includes(key))
  const first = index === 0 ? propertiesOfParts('first').filter((key) => key !== 'source') : []
  const sink = sinkBefore(pipe, name, next)
  return objectOf([
    ['_id', name],
    ['type', 'pipe'],
    ...presentEntry('source', stage.source),
    ...presentEntry('transform', stage.transform),
    ...(sink ? [['sink', sink] as const] : []),
    ...first.flatMap((key) => presentEntry(key, get(pipe, key))),
    ...shared,
    ['namespaces', withNamespaceSettings(pipe, id)],
    ['metadata', { ...groupOf(pipe), [COMPOSITE]: mark }],
  ])
}

function lastPart(pipe: JsonObject, stage: Stage, mark: JsonObject): JsonObject {
  const metadata = get(pipe, 'metadata')
  const ofFirst = propertiesOfParts('first')
  const kept = entriesOf(pipe).flatMap(([key, value]): (readonly [string, Json])[] => {
    if (key === 'source') return presentEntry('source', stage.source)
    if (key === 'transform') return presentEntry('transform', stage.transform)
    return ofFirst.includes(key) || key === 'metadata' ? [] : [[key, value]]
  })
  const before = isObject(metadata) ? entriesOf(metadata) : []
  // Metadata that is there and empty (or no object) could not be told from none when folding.
  const odd: JsonObject = metadata !== undefined && before.length === 0 ? { metadata } : {}
  return objectOf([...kept, ['metadata', objectOf([...before, [COMPOSITE, { ...mark, ...odd }]])]])
}

function presentEntry(key: string, value: Json | undefined): (readonly [string, Json])[] {
  return value === undefined ? [] : [[key, value]]
}

/** The default namespaces are named after the pipe; a part has another name, but must make the same properties. */
function withNamespaceSettings(pipe: JsonObject, id: string): JsonObject {
  const namespaces = get(pipe, 'namespaces')
  return { identity: id, property: id, ...(isObject(namespaces) ? namespaces : {}) }
}

/** What every part says: its config group, so that parts are deployed together, and which part of a model made it. */
const metadataOfParts = ['$config-group', 'concept', 'model']

function groupOf(pipe: JsonObject): JsonObject {
  const metadata = get(pipe, 'metadata')
  const own = isObject(metadata) ? entriesOf(metadata) : []
  return objectOf(own.filter(([key]) => metadataOfParts.includes(key)))
}

/** The sink between two parts: the default one, unless children or deletions have to be handled as in the whole pipe. */
function sinkBefore(pipe: JsonObject, name: string, next: readonly Json[]): JsonObject | null {
  const sink = get(pipe, 'sink')
  const deletions = isObject(sink) ? get(sink, 'deletion_tracking') : undefined
  const children = next.some((transform) => isObject(transform) && emitsChildren(transform))
  if (deletions === undefined && !children) return null
  return {
    type: 'dataset',
    dataset: name,
    ...(children ? { track_children: true } : {}),
    ...(deletions === undefined ? {} : { deletion_tracking: deletions }),
  }
}

/** The name that the pipe gives a part, or `<id>-<stage word>`: the word says what the part's last stage does. */
function partNames(pipe: JsonObject, id: string, slices: readonly Json[][], taken: Set<string>): string[] {
  const declared = declaredParts(pipe, slices.flat().length)
  let end = 0
  return slices.map((slice, index) => {
    if (index === slices.length - 1) return id
    end += slice.length
    const known = declared.find(({ name, before }) => before === end && !taken.has(name))
    if (known !== undefined) {
      taken.add(known.name)
      return known.name
    }
    const transform = slice.at(-1)
    const word = stageWord(transform === undefined ? 'source' : 'transform', transform ?? get(pipe, 'source'))
    for (let n = 1; ; n++) {
      const name = `${id}-${word}${n === 1 ? '' : `-${n}`}`
      if (taken.has(name)) continue
      taken.add(name)
      return name
    }
  })
}

function stageWord(role: KindRole, stage: Json | undefined): string {
  if (!isObject(stage)) return 'part'
  const type = get(stage, 'type')
  const plain = typeof type === 'string' ? type.replace(/[^A-Za-z0-9]+/g, '-') : 'part'
  return kindOfPart(role, stage)?.partName ?? plain
}
