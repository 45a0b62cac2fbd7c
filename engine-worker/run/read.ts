/** The reader for a pipe's source. */

import { declaredKind } from '../config/model/declared.ts'
import { numberSetting } from '../config/model/setting.ts'
import { mergeVersion } from '../connectors/merge-check.ts'
import type { DatasetsSource, RunnablePipe } from '../connectors/runtime.ts'
import type { IndexedStore } from '../storage/index/indexed-store.ts'
import type { PipeRunContext } from './context.ts'
import type { Components } from './sources/components.ts'
import { datasetReader, latestReader } from './sources/dataset.ts'
import type { SourceReader } from './sources/item.ts'
import { mergeReader } from './sources/merge.ts'
import { copyReader, outsideReader } from './sources/outside.ts'

const DEFAULT_MERGE_LIMIT = 50_000

/** Readers of merge sources know which entity is in which component; they live as long as the memory of their pipe. */
const mergeReaders = new WeakMap<Components, { readonly pipe: RunnablePipe; readonly reader: SourceReader }>()

interface ReaderOptions {
  readonly store: IndexedStore
  readonly components: Components
  readonly running: PipeRunContext
  readonly batch: number
  /** Whether a source that is not a dataset is read this time. */
  readonly wanted: boolean
  /** The latest `_ts` that may be read, or null. */
  readonly heldBack: () => Promise<number | null>
}

export function openReader(
  pipe: RunnablePipe,
  { store, components, running, batch, wanted, heldBack }: ReaderOptions,
): SourceReader {
  const { source } = pipe
  if (source.reads === 'outside') {
    return materializesSource(pipe) ? copyReader(pipe.id, store, batch) : outsideReader(source, running, wanted, batch)
  }
  switch (declaredKind('source', pipe.effective.source.type)?.readsDatasets) {
    case 'merge': {
      const known = mergeReaders.get(components)
      if (known?.pipe === pipe) return known.reader
      const reader = mergeReader(source, store, batch, components, mergeLimit(pipe, source))
      mergeReaders.set(components, { pipe, reader })
      return reader
    }
    case 'latest':
      return latestReader(source, store, batch)
    default:
      return datasetReader(source, store, batch, heldBack)
  }
}

/** Whether what a source gives has to be kept, so that single entities can be processed again. */
export function materializesSource(pipe: RunnablePipe): boolean {
  return pipe.source.reads === 'outside' && pipe.stages.some(({ hops }) => hops.some(({ tracked }) => tracked))
}

/** How many entities may become one; version 1 knows no limit, configuration-sources-merge.rst. */
function mergeLimit(pipe: RunnablePipe, { config }: DatasetsSource): number {
  if (mergeVersion(config) === 1) return Number.POSITIVE_INFINITY
  return (
    numberSetting(config, 'max_merged') ?? numberSetting(pipe.effective.defaults, 'max_merged', DEFAULT_MERGE_LIMIT)
  )
}
