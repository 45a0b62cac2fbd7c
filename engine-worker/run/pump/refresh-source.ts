/** Brings the kept copy of a source that is not a dataset up to date, before the pipe reads it (sources/outside.ts). */
import type { RunnablePipe } from '../../connectors/runtime.ts'
import type { Json } from '../../entity/value.ts'
import type { IndexedStore } from '../../storage/index/indexed-store.ts'
import type { PipeRunContext } from '../context.ts'
import { materializesSource } from '../read.ts'
import { materializeSource, sourceCopy } from '../sources/outside.ts'
import type { PumpState } from '../state.ts'
import type { PumpOptions } from './options.ts'
import type { RunSide } from './overlap.ts'
import type { PartCalls } from './part-calls.ts'

/** What a run knows before it reads. */
interface RefreshContext {
  readonly pipe: RunnablePipe
  readonly state: PumpState
  readonly options: PumpOptions
  readonly running: PipeRunContext
  readonly calls: PartCalls
  readonly side: RunSide
}

/** The source's own position after that, as the state keeps it; unchanged where no copy is kept or nothing is read. */
export async function refreshSource(
  { pipe, state: { since }, options: { full, read }, running, calls, side }: RefreshContext,
  store: IndexedStore,
): Promise<Json> {
  const { source } = pipe
  if (!materializesSource(pipe) || source.reads !== 'outside' || (!read && since !== null)) return since
  const onCopied: RunSide['copied'] = (entities) => side.copied(entities)
  const copy = { dataset: sourceCopy(pipe.id), store, copied: onCopied }
  const position = await calls.reading(() => materializeSource(source, copy, running, full ? null : since))
  return position ?? since ?? {}
}
