/** Previews, held to a budget: one that takes too long is ended, so that a mistake in a rule does not block the engine. */
import type { EntityWalk, Preview, PreviewRequest, WalkRequest } from '../../../engine-worker/index.ts'
import { currentWords } from '../../i18n/i18n.ts'
import { EngineStopped } from './connection.ts'
import { ask, restartEngine, syncWorker } from './open-project.ts'
import { useEngine } from './state.ts'

/** Milliseconds that a preview may keep the worker from answering anything else. */
const previewBudget = 10_000

/** The preview took too long and was ended; it is not tried again before the pipe or the data has changed. */
class PreviewTooLong extends Error {
  constructor(stoppedBy: 'budget' | 'person') {
    const { previewTooLong, previewStopped } = currentWords().run
    super(stoppedBy === 'budget' ? previewTooLong(previewBudget / 1000) : previewStopped)
    this.name = 'PreviewTooLong'
  }
}

/** Requests that took too long on the current datasets, and who stopped them. */
const stoppedPreviews = new Map<string, 'budget' | 'person'>()
useEngine.subscribe((now, before) => {
  if (now.dataVersion > before.dataVersion) stoppedPreviews.clear()
})

/** What a pipe would do with a few entities; never writes. Throws {@link PreviewTooLong} when it exceeds its budget. */
export async function requestPreview(request: PreviewRequest): Promise<Preview> {
  return withinBudget(JSON.stringify(request), () => ask('preview', request, { early: true }))
}

/** The way of one entity through a pipe, held to the same budget. */
export async function requestWalk(request: WalkRequest): Promise<EntityWalk> {
  return withinBudget(`walk ${JSON.stringify(request)}`, () => ask('walkEntity', request, { early: true }))
}

async function withinBudget<T>(key: string, request: () => Promise<T>): Promise<T> {
  const stoppedBy = stoppedPreviews.get(key)
  if (stoppedBy) throw new PreviewTooLong(stoppedBy)
  await syncWorker()
  const limit = setInterval(() => {
    const { isBusy, running } = useEngine.getState()
    // A worker that still answers other requests may continue; a run is stopped only by a person.
    if (!isBusy || running) return
    stoppedPreviews.set(key, 'budget')
    void restartEngine('cancelled')
  }, previewBudget)
  try {
    return await request()
  } catch (error) {
    const stopped = error instanceof EngineStopped && error.why === 'cancelled'
    if (!stopped || useEngine.getState().running) throw error
    if (!stoppedPreviews.has(key)) stoppedPreviews.set(key, 'person')
    throw new PreviewTooLong(stoppedPreviews.get(key) ?? 'person')
  } finally {
    clearInterval(limit)
  }
}
