/** The transforms of one run: batch by batch here, or ahead on several engines where the pipe allows it. */
import { declaredKind } from '../../config/model/declared.ts'
import type { RunnablePipe } from '../../connectors/runtime.ts'
import type { Entity } from '../../entity/value.ts'
import { type ProcessResult, passThrough, type StageListener } from '../chain.ts'
import type { PipeRunContext } from '../context.ts'
import type { RunEngines } from '../engines/run-engines.ts'
import { type Settings, settingsOf } from '../settings.ts'
import type { SourceBatch, SourceRecord } from '../sources/item.ts'
import type { Tracking } from '../tracking.ts'
import type { BegunBatch } from './batch-queue.ts'
import type { PumpServices } from './options.ts'

/** Batches that are being transformed while an earlier one is written. */
const BATCHES_AHEAD = 2

interface TransformOptions {
  readonly pipe: RunnablePipe
  readonly running: PipeRunContext
  readonly services: PumpServices
  readonly tracking: Tracking
  readonly watch: StageListener | null
}

export class BatchTransform {
  private readonly pool: RunEngines | null

  constructor(private readonly options: TransformOptions) {
    const { pipe, services, watch } = options
    const { engines, environment } = services
    this.pool =
      engines && engines.size > 1 && watch === null && environment.seed === undefined && isShared(pipe) ? engines : null
  }

  /** How many batches may be begun before the first of them is written. */
  get ahead(): number {
    // Where a read from outside goes on after an error must be known at once.
    return this.pool && this.options.pipe.source.reads === 'datasets' ? BATCHES_AHEAD : 0
  }

  /** Starts to pass a batch through the stages. */
  begin(batch: SourceBatch, previous: ((item: SourceRecord) => Promise<Entity | null>) | null): BegunBatch {
    const before = this.options.services.environment.now()
    const processed = batch.items.length === 0 ? Promise.resolve([]) : this.transform(batch.items, previous)
    // It is waited for when its turn comes; a failure must not count as unhandled until then.
    processed.catch(() => {})
    return { ...batch, before, processed }
  }

  private transform(
    items: readonly SourceRecord[],
    previous: ((item: SourceRecord) => Promise<Entity | null>) | null,
  ): Promise<ProcessResult[]> {
    const { pipe, running, services, tracking, watch } = this.options
    const { stages } = pipe
    if (!this.pool || previous) return passThrough(stages, items, running, previous, watch)
    return this.pool.transform({
      pipe: pipe.id,
      fingerprint: settingsOf(pipe).fingerprint,
      items,
      stages: stages.length,
      indexes: stages.flatMap(({ indexes }) => indexes),
      store: services.store,
      tracking,
      joined: running.lookups.joined,
      signal: running.signal,
      here: (part) => passThrough(stages, part, running),
    })
  }
}

/** Whether what comes of an entity depends on nothing but the entity and datasets that the run does not write. */
function isShared(pipe: RunnablePipe): boolean {
  const { stages } = pipe
  const settings: Settings = settingsOf(pipe)
  if (stages.length === 0 || settings.seesOwnOutput || settings.maxSecondsPerEntity !== null) return false
  return stages.every(({ type, usesPrevious, trips }) => {
    const asks = declaredKind('transform', type)?.sendsRequests === true
    return !asks && !usesPrevious && trips !== true
  })
}
