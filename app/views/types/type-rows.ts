/** Entity types as the lists of this view show them. */
import type { AnswerOf } from '../../../engine-worker/index.ts'

export type EntityTypesAnswer = AnswerOf<'entity-types'>
export type ListedType = EntityTypesAnswer['types'][number]
export type ListedModel = EntityTypesAnswer['models'][number]

/** In the address: all models. */
export const ALL_MODELS = '*'

/** An entity type in a list; `known` is null where an explicit model names something that is not a pipe. */
export interface TypeRow {
  readonly id: string
  readonly side: ListedType['side']
  readonly known: ListedType | null
  readonly models: readonly string[]
}

/** The entity types of a model, or all; those of sources are in no model. */
export function typeRows({ types, models }: EntityTypesAnswer, model: string): readonly TypeRow[] {
  const modelsOf = (id: string) => models.filter((each) => each.types.includes(id)).map(({ id: name }) => name)
  const chosen = models.find(({ id }) => id === model)
  const wanted = chosen === undefined ? null : new Set(chosen.types)
  const rows = types
    .filter(({ pipe, side }) => wanted === null || (side === 'sink' && wanted.has(pipe)))
    .map((known) => ({
      id: known.pipe,
      side: known.side,
      known,
      models: known.side === 'sink' ? modelsOf(known.pipe) : [],
    }))
  const pipes = new Set(types.map(({ pipe }) => pipe))
  const others = [...new Set((chosen === undefined ? models : [chosen]).flatMap((each) => each.types))]
    .filter((id) => !pipes.has(id))
    .map((id): TypeRow => ({ id, side: 'sink', known: null, models: modelsOf(id) }))
  return [...rows, ...others].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.side < b.side ? -1 : 1))
}

/** The rows whose name has a text, or that have a property with it. */
export function foundRows(rows: readonly TypeRow[], text: string): readonly TypeRow[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return rows
  return rows.filter(
    ({ id, known }) =>
      id.toLowerCase().includes(wanted) ||
      known?.properties?.some((property) => property.toLowerCase().includes(wanted)) === true,
  )
}
