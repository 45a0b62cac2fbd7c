/** Tables beside the data of systems: which records became one, what was last written, and what is gone since. */

import { joinCall } from '../../dtl/syntax.ts'
import type { Json, JsonObject } from '../../entity/value.ts'
import { call, conjunction, pathTo } from '../calls.ts'
import { goneElementRules, goneRecordRules, goneRow, writtenRecord } from './enrich.ts'
import { type Plan, type PlannedMapping, watchesGone } from './plan.ts'
import { absentOf, collectName, goldenPart, storedName, tableName } from './plan-names.ts'
import { fromJson } from './values.ts'

/** A pipe that adds to what a concept merges. */
interface TablePipe {
  readonly id: string
  readonly source: string
  readonly rules: JsonObject
  /** Whether records of the mapping that are gone come out of it. */
  readonly gone: boolean
}

/** The pipes of the tables of a mapping. */
export function tablePipes(plan: Plan, planned: PlannedMapping): TablePipe[] {
  return [...linkPipes(planned), ...goneRecordPipes(plan, planned), ...goneElementPipes(plan, planned)]
}

function linkKeys({ mapping }: PlannedMapping): Json {
  const { cluster = '_cluster_id', key = '_src_id' } = mapping.members ?? {}
  const source = call.concat(`row:${mapping.name}:`, call.string(pathTo('_S', storedName(key))))
  return call.list(source, call.concat('row:', call.string(pathTo('_S', storedName(cluster)))))
}

/** Records that a table says are one. */
function linkPipes(planned: PlannedMapping): TablePipe[] {
  const { mapping, slug } = planned
  if (mapping.members === undefined) return []
  const rules = {
    default: [call.add('_id', call.concat(`${slug}-link:`, '_S._id')), call.add('$keys', linkKeys(planned))],
  }
  return [{ id: `${slug}-link-enrich`, source: tableName(mapping.members.table), rules, gone: false }]
}

/** Records that the system no longer has: a table names them, or they were read in full and are deleted since. */
function goneRecordPipes(plan: Plan, planned: PlannedMapping): TablePipe[] {
  const { mapping, slug } = planned
  if (!watchesGone(planned)) return []
  const pipe = { id: `${absentOf(planned)}-enrich`, gone: true }
  if (mapping.members === undefined)
    return [{ ...pipe, source: collectName(mapping), rules: goneRecordRules(plan, planned) }]
  const { table, key = '_src_id' } = mapping.members
  const id = call.string(pathTo('_S', storedName(key)))
  const present = joinCall([`${collectName(mapping)} c`], [call.eq(id, 'c._id')], 'c._id')
  const absentFlag = mapping.absent === undefined ? call.dict() : call.dict(mapping.absent, true)
  return [
    {
      ...pipe,
      source: tableName(table),
      rules: {
        default: [
          call.filter(call.isEmpty(present)),
          call.add('_id', call.concat(`${absentOf(planned)}:`, id)),
          call.add('$keys', linkKeys(planned)),
          call.add('$refs', call.list()),
          ...(mapping.absent === undefined ? [] : [call.add(`${slug}:${mapping.absent}`, true)]),
          call.add('$row', goneRow(planned, id, absentFlag)),
        ],
      },
    },
  ]
}

/** Elements that were last written to a system and that its records no longer have. */
function goneElementPipes(plan: Plan, planned: PlannedMapping): TablePipe[] {
  const { mapping, slug, parent } = planned
  const written = parent?.mapping.written
  if (mapping.absent === undefined || parent === null || written === undefined || mapping.list === undefined) return []
  const clusters = pathTo('g', goldenPart(parent.concept, 'clusters'))
  const cluster = pathTo('_S', storedName(written.cluster ?? '_cluster_id'))
  const entity = call.first(joinCall([`global-${parent.concept.slug} g`], [call.eq(cluster, clusters)], 'g.'))
  const rows = pathTo('_T', '$entity', goldenPart(parent.concept, 'rows'))
  const before = [
    call.add('$entity', entity),
    call.add('$around', call.first(call.filter(call.eq('_.of', parent.slug), rows))),
    call.add('$present', joinCall([`${slug}-enrich c`], [call.eq('_T.$around.key', 'c.$row.parent')], 'c.$row.key')),
    call.add('$written', fromJson(pathTo('_S', storedName(written.values ?? '_written')))),
    call.filter(call.isNotNull('_T.$around')),
  ]
  const rules = goneElementRules(plan, planned, before)
  return [{ id: `${absentOf(planned)}-enrich`, source: tableName(written.table), rules, gone: true }]
}

/** Whether all parts of a record are as they were last written; null where that does not count. */
export function asWrittenToTable(
  { mapping }: PlannedMapping,
  parts: readonly { name: string; value: Json }[],
): Json | null {
  const { written, compare_written } = mapping
  if (written === undefined || compare_written !== true) return null
  const toTexts = (list: readonly Json[]): Json =>
    call.map(call.string('_.'), call.list(...list.map((each) => call.coalesceArgs(each, ''))))
  const before = parts.map(({ name }) => call.path(call.list(name), '_T.$values'))
  return conjunction(call.isNotNull('_T.$values'), call.eq(toTexts(parts.map(({ value }) => value)), toTexts(before)))
}

/** The step before {@link asWrittenToTable}: what was last written. */
export function writtenStep({ mapping, concept }: PlannedMapping): Json[] {
  const { written, compare_written } = mapping
  if (written === undefined || compare_written !== true) return []
  const record = writtenRecord(written, pathTo('_S', goldenPart(concept, 'clusters')))
  return [call.add('$values', fromJson(call.path(call.list(storedName(written.values ?? '_written')), record)))]
}
