import type { RunnablePipe } from '../connectors/runtime.ts'
import type { IndexedStore } from './indexes.ts'
import type { Settings } from './settings.ts'

/** Whether a finished run makes the sink's dataset count as populated: `set_initial_offset` (configuration-sinks-dataset.rst). */
export async function populated(
  { source, sink }: RunnablePipe,
  { setInitialOffset, initialDatasets, ignoreMissingInitial, autoPopulate }: Settings,
  store: IndexedStore,
): Promise<{ populated?: true }> {
  if (setInitialOffset === 'never') return {}
  if (setInitialOffset !== 'if-source-populated') return { populated: true }
  if (source.reads === 'outside') {
    const received = sink.writes === 'dataset' ? await store.store.info(sink.dataset) : null
    return autoPopulate || (received?.lastUpdated ?? 0) > 0 ? { populated: true } : {}
  }
  for (const dataset of initialDatasets ?? source.datasets) {
    const info = await store.store.info(dataset)
    if (info ? !info.populated : initialDatasets !== null && !ignoreMissingInitial) return {}
  }
  return { populated: true }
}
