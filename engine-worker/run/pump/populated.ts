/** What a finished run makes of the sink's dataset besides its entities. */
import type { RunnablePipe } from '../../connectors/runtime.ts'
import type { IndexedStore } from '../../storage/index/indexed-store.ts'
import type { DatasetInfo, DatasetWrite } from '../../storage/store.ts'
import { inherited, sameMeta } from '../completeness.ts'
import type { Settings } from '../settings.ts'

/** Whether a finished run makes the sink's dataset count as populated: `set_initial_offset` (configuration-sinks-dataset.rst). */
async function isPopulated(
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

/** What a finished run says of its sink's dataset as a whole. */
interface SinkMarks {
  readonly populated?: true
  readonly meta: NonNullable<DatasetWrite['meta']>
}

/** Whether the dataset counts as populated now, and its completeness; `started` in nanoseconds since 1970. */
export async function sinkMarks(
  pipe: RunnablePipe,
  settings: Settings,
  store: IndexedStore,
  started: bigint,
): Promise<SinkMarks> {
  const meta = await inherited(pipe, settings, store.store, started)
  return { ...(await isPopulated(pipe, settings, store)), meta }
}

/** Whether the marks say something that is not known of a dataset yet. */
export function areNewMarks({ populated, meta }: SinkMarks, info: DatasetInfo | undefined): boolean {
  return !info || !sameMeta(info.meta, meta) || (populated === true && !info.populated)
}
