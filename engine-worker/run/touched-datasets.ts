/** The datasets that a run of a pipe touches, and whether two pipes get in each other's way. */
import { executionLog } from '../config/project/system-datasets.ts'
import type { RunnablePipe } from '../connectors/runtime.ts'
import { settingsOf } from './settings.ts'

/** The datasets that a run of a pipe reads and writes. */
interface TouchedDatasets {
  readonly reads: ReadonlySet<string>
  readonly writes: ReadonlySet<string>
}

/** The datasets of a pipe, its dead letters and its execution log with them. */
export function touchedDatasets(pipe: RunnablePipe): TouchedDatasets {
  const { id, source, sink, stages } = pipe
  const { deadLetterDataset } = settingsOf(pipe)
  const hops = stages.flatMap((stage) => stage.hops.map(({ dataset }) => dataset))
  return {
    reads: new Set([...(source.reads === 'datasets' ? source.datasets : []), ...hops]),
    writes: new Set([
      ...(sink.writes === 'dataset' ? [sink.dataset] : []),
      ...(deadLetterDataset === null ? [] : [deadLetterDataset]),
      executionLog(id),
    ]),
  }
}

/** Whether one writes what the other reads or writes. */
export function touchSameDataset(one: TouchedDatasets | undefined, other: TouchedDatasets | undefined): boolean {
  if (!one || !other) return false
  return (
    intersects(one.writes, other.reads) || intersects(one.reads, other.writes) || intersects(one.writes, other.writes)
  )
}

function intersects(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  for (const name of one) if (other.has(name)) return true
  return false
}
