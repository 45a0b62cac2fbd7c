/** Sinks to the outside: their payloads are made and kept as a dataset of the pipe (`system:output:<pipe>`). */
import type { StateWrite } from '../datasets/store.ts'
import type { Entity } from '../entity/value.ts'
import type { Captured, RunnablePipe, SinkRuntime } from '../pipe/runtime.ts'
import type { Processed } from './chain.ts'
import type { PipeRunning } from './context.ts'
import type { IndexedStore } from './indexes.ts'

/** The dataset of what a pipe would have sent. */
export function outputDataset(pipe: string): string {
  return `system:output:${pipe}`
}

export class OutsideWriter {
  readonly dataset: string
  private next: number | null = null

  constructor(
    pipe: RunnablePipe,
    private readonly sink: SinkRuntime,
    private readonly store: IndexedStore,
  ) {
    this.dataset = outputDataset(pipe.id)
  }

  /** Sends what came out, in the sink's batches, and commits the payloads with the states; gives how many were sent. */
  async write(
    processed: readonly Processed[],
    running: PipeRunning,
    counts: { written: number; filtered: number },
    states: () => StateWrite[],
  ): Promise<number> {
    const entities: Entity[] = []
    for (const { outputs, problem } of processed) {
      if (problem) continue
      for (const { entity, state } of outputs) {
        if (state === 'filtered') counts.filtered++
        else if (state === 'out' && entity) entities.push(entity)
      }
    }
    const payloads: Entity[] = []
    const size = Math.max(1, this.sink.batchSize)
    for (let from = 0; from < entities.length; from += size) {
      const captured = await this.sink.send(entities.slice(from, from + size), running)
      for (const one of captured) payloads.push(await this.payload(one))
      await running.pause()
    }
    counts.written += entities.length
    await this.store.commit({
      datasets: payloads.length > 0 ? [{ dataset: this.dataset, entities: payloads }] : [],
      states: states(),
    })
    return payloads.length
  }

  private async payload(captured: Captured): Promise<Entity> {
    this.next ??= ((await this.store.store.info(this.dataset))?.lastUpdated ?? 0) + 1
    const { headers, ...fields } = captured
    return { _id: String(this.next++).padStart(9, '0'), ...fields, ...(headers ? { headers: { ...headers } } : {}) }
  }
}
