import type { RunnablePipe } from '../pipe/runtime.ts'
import type { IndexedStore } from './indexes.ts'
import type { Settings } from './settings.ts'

/** Whether a finished run makes the sink's dataset count as populated: `set_initial_offset` (configuration-sinks-dataset.rst). */
export async function populated(
  { source }: RunnablePipe,
  { setInitialOffset }: Settings,
  store: IndexedStore,
): Promise<{ populated?: true }> {
  if (setInitialOffset === 'never') return {}
  if (setInitialOffset !== 'if-source-populated' || source.reads === 'outside') return { populated: true }
  for (const dataset of source.datasets) {
    const info = await store.store.info(dataset)
    if (info && !info.populated) return {}
  }
  return { populated: true }
}
