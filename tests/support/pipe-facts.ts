/** Facts of pipes, for tests of code that uses them. */
import type { PipeFacts } from '../../engine-worker/config/project/facts.ts'

/** A pipe that reads datasets, joins others and writes one; null: it sends to the outside. */
export function pipeFacts(
  pipe: string,
  { reads, hops = [], writes }: { reads: readonly string[]; hops?: readonly string[]; writes: string | null },
): PipeFacts {
  return {
    pipe,
    sourceType: 'dataset',
    sinkType: writes === null ? 'json' : 'dataset',
    systems: [],
    reads: [...reads],
    hops: [...hops],
    writes,
    transforms: [],
    composite: false,
    global: false,
    disabled: false,
    needs: null,
  }
}
