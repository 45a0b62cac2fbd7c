/** Brings the kept copy of a source that is not a dataset up to date, before the pipe reads it (sources/outside.ts). */
import type { RunnablePipe } from '../../connectors/runtime.ts'
import type { Json } from '../../entity/value.ts'
import type { IndexedStore } from '../../storage/index/indexed-store.ts'
import type { PipeRunContext } from '../context.ts'
import { materializesSource } from '../read.ts'
import { materializeSource } from '../sources/outside.ts'
import type { PumpState } from '../state.ts'
import type { PumpOptions } from './options.ts'
import type { PartCalls } from './part-calls.ts'

/** The source's own position after that, as the state keeps it; unchanged where no copy is kept or nothing is read. */
export async function refreshSource(
  pipe: RunnablePipe,
  { since }: PumpState,
  { full, read }: PumpOptions,
  store: IndexedStore,
  running: PipeRunContext,
  calls: PartCalls,
): Promise<Json> {
  const { source } = pipe
  if (!materializesSource(pipe) || source.reads !== 'outside' || (!read && since !== null)) return since
  const position = await calls.reading(() => materializeSource(source, pipe.id, store, running, full ? null : since))
  return position ?? since ?? {}
}
