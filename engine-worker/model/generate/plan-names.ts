/** The names that generated pipes, datasets and properties have. */
import type { Json } from '../../entity/value.ts'
import { pathTo } from '../calls.ts'
import type { ModelMapping } from '../model.ts'
import { type PlannedConcept, type PlannedMapping, slugOf } from './plan.ts'

/** Where a row of a record that is gone comes from. */
export function absentOf({ slug }: PlannedMapping): string {
  return `${slug}-absent`
}

/** The beginning of the `_id` of what is to be inserted for a mapping, before that of the concept's record. */
export function newPrefix({ slug }: PlannedMapping): string {
  return `${slug}:new:`
}

/** A property of a record as the collect dataset keeps it: names that begin with `_` are the store's own there. */
export function storedName(column: string): string {
  return column.startsWith('_') ? `$${column.slice(1)}` : column
}

/** The dataset with the records of a root mapping. */
export function collectName({ system, datatype }: Pick<ModelMapping, 'system' | 'datatype'>): string {
  return `${slugOf(system)}-${slugOf(datatype)}-collect`
}

/** The dataset with the records of a table. */
export function tableName(table: string): string {
  return `${slugOf(table)}-table-collect`
}

/** The property of a concept in its global dataset. */
export function goldenProperty(concept: PlannedConcept, property: string): string {
  return `global-${concept.slug}:${property}`
}

/**
 * What the global dataset of a concept holds besides its properties: `rows` (what each record said), `refs` (the
 * identifiers of its records), `clusters`, `gone` (whether it is to be deleted everywhere). A property of the same name
 * keeps it.
 */
export function goldenPart(concept: PlannedConcept, part: 'rows' | 'refs' | 'clusters' | 'gone'): string {
  let name: string = part
  while (Object.hasOwn(concept.concept.properties, name)) name += '_'
  return goldenProperty(concept, name)
}

/** A golden property as a path. */
export function goldenPath(variable: string, concept: PlannedConcept, property: string): Json {
  return pathTo(variable, goldenProperty(concept, property))
}
