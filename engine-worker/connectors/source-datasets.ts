/**
 * Connecting datasets to a source and disconnecting them, as the declarations of the sources say: a source with
 * `datasets` gets one more, a source with `dataset` becomes the kind that reads several, a placeholder is replaced.
 */

import type { KindDeclaration } from '../config/model/define.ts'
import { datasetName } from '../config/project/facts.ts'
import type { Json, JsonObject } from '../entity/value.ts'
import { datasetSource } from './sources/dataset.ts'
import { emptySource } from './sources/empty.ts'
import { mergeSource } from './sources/merge.ts'
import { mergeDatasetsSource } from './sources/merge-datasets.ts'
import { unionDatasetsSource } from './sources/union-datasets.ts'

const kinds: readonly KindDeclaration[] = [
  datasetSource,
  unionDatasetsSource,
  mergeDatasetsSource,
  mergeSource,
  emptySource,
]

/** What one more dataset does to a source: it is the first one, makes a union, or is added to a list. */
export type DatasetConnection = 'first' | 'union' | 'added'

/** The datasets that a source names, without aliases. */
export function sourceDatasets(source: JsonObject | null): readonly string[] {
  if (!source) return []
  const names = typeof source.dataset === 'string' ? [source.dataset] : listOrEmpty(source.datasets)
  return names.flatMap((name) => (typeof name === 'string' && name !== '' ? [datasetNameIn(source, name)] : []))
}

/** What connecting a dataset to a source does; null for sources that read something else. */
export function datasetConnection(source: JsonObject | null): DatasetConnection | null {
  if (source?.type === undefined) return 'first'
  const kind = kindOf(source)
  if (!kind) return null
  if (hasField(kind, 'datasets')) return 'added'
  return kind.placeholder || sourceDatasets(source).length === 0 ? 'first' : 'union'
}

/** The source with one more dataset; unchanged where {@link datasetConnection} is null. */
export function connectDataset(source: JsonObject | null, dataset: string): JsonObject | null {
  switch (datasetConnection(source)) {
    case 'added':
      return { ...source, datasets: [...listOrEmpty(source?.datasets), withAlias(dataset, source ?? {})] }
    case 'union':
      return unionSource([...sourceDatasets(source), dataset])
    case 'first':
      return source && kindOf(source)?.readsDatasets ? { ...source, dataset } : { type: datasetSource.type, dataset }
    default:
      return source
  }
}

/** The source with one of its datasets replaced by others, or taken out where there are none. */
export function replaceDataset(source: JsonObject, dataset: string, by: readonly string[]): JsonObject {
  if (!Array.isArray(source.datasets)) {
    if (source.dataset !== dataset) return source
    return by.length > 1 ? unionSource(by) : { ...source, dataset: by[0] ?? '' }
  }
  const datasets = source.datasets.flatMap((entry): Json[] => {
    if (typeof entry !== 'string' || datasetNameIn(source, entry) !== dataset) return [entry]
    const alias = aliasIn(source, entry)
    // The first replacement keeps the alias, so that expressions over it still work.
    return by.map((name, index) => (alias !== '' && index === 0 ? `${name} ${alias}` : withAlias(name, source)))
  })
  return { ...source, datasets }
}

/** An alias for a dataset that is not among those taken: its initials, with a number where needed. */
export function freeAlias(dataset: string, taken: ReadonlySet<string>): string {
  const initials = dataset
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word[0] ?? '')
    .join('')
    .toLowerCase()
  const base = /^[a-z]/.test(initials) ? initials : 'd'
  if (!taken.has(base)) return base
  for (let n = 2; ; n++) if (!taken.has(`${base}${n}`)) return `${base}${n}`
}

function unionSource(datasets: readonly string[]): JsonObject {
  return { type: unionDatasetsSource.type, datasets: [...datasets] }
}

/** The dataset of an entry of `datasets`; only sources that declare aliases have one behind it. */
function datasetNameIn(source: JsonObject, entry: string): string {
  return givesAliases(source) ? datasetName(entry) : entry
}

function aliasIn(source: JsonObject, entry: string): string {
  return givesAliases(source) ? (entry.trim().split(/\s+/)[1] ?? '') : ''
}

function withAlias(dataset: string, source: JsonObject): string {
  if (!givesAliases(source)) return dataset
  const taken = new Set(listOrEmpty(source.datasets).map((entry) => aliasIn(source, String(entry))))
  return `${dataset} ${freeAlias(dataset, taken)}`
}

function givesAliases(source: JsonObject): boolean {
  const type = kindOf(source)?.fields.find(({ name }) => name === 'datasets')?.type
  return type?.is === 'list' && type.of.is === 'reference' && type.of.aliased === true
}

function hasField(kind: KindDeclaration, field: string): boolean {
  return kind.fields.some(({ name }) => name === field)
}

function kindOf({ type }: JsonObject): KindDeclaration | undefined {
  return kinds.find((kind) => kind.type === type)
}

function listOrEmpty(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}
