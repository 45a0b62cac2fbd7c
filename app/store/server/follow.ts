/** The news of the server that the open project is on: others' edits and runs, and whether the connection holds. */
import type { RunResult, ServerEvent } from '../../../engine-worker/index.ts'
import { EngineStopped } from '../engine/connection.ts'
import { refreshProject, reopenProject } from '../engine/open-project.ts'
import { endOthersRun, showOthersRun } from '../engine/runs.ts'
import { failureText } from '../failure.ts'
import { showNotification } from '../notify.ts'
import { keepRun } from '../project/runs.ts'
import { toast } from '../toasts.ts'
import { pageName, serverInfo, serverNews } from './calls.ts'
import { hasUnpushed, mergeServerChanges } from './exchange.ts'
import { ServerFailure } from './failure.ts'
import { useServerPlace } from './place.ts'

/** Milliseconds before each next try to connect again; the last one is repeated. */
const retries = [500, 1000, 2000, 5000, 10_000]

/** Ends the following of the server that was followed last. */
let following: { readonly stop: AbortController; wake: () => void } | null = null

/** Follows the server of the open project. Once, when a project is on one for the first time. */
export function followServers(): void {
  useServerPlace.subscribe((now, before) => {
    if (now.address !== before.address || now.project !== before.project) begin()
  })
  begin()
}

/** Tries to connect again at once. */
export function connectAgain(): void {
  const { state } = useServerPlace.getState()
  if (state === 'refused') begin()
  else following?.wake()
}

function begin(): void {
  following?.stop.abort()
  following = null
  const { address, project } = useServerPlace.getState()
  if (address === null || project === null) return
  const begun = { stop: new AbortController(), wake: () => {} }
  following = begun
  void follow(address, project, begun)
}

async function follow(address: string, project: string, begun: NonNullable<typeof following>): Promise<void> {
  const { signal } = begun.stop
  let failed = 0
  let start: string | null = null
  useServerPlace.setState({ state: 'connecting', failure: null })
  while (!signal.aborted) {
    try {
      const info = await serverInfo(address)
      if (signal.aborted) return
      useServerPlace.setState({ info })
      for await (const event of serverNews(address, signal)) {
        if (signal.aborted) return
        failed = 0
        if (event.is === 'hello') {
          const isAnother = start !== event.start
          const wasLost = start !== null
          start = event.start
          useServerPlace.setState({ state: 'connected', failure: null })
          // What the server held in memory is gone with its process; data and configuration may have changed meanwhile.
          if (wasLost) await reopenProject(isAnother).catch(() => undefined)
        }
        await hear(event, project)
      }
    } catch (error) {
      if (signal.aborted) return
      const refused = error instanceof ServerFailure && ['token', 'roles', 'other', 'version'].includes(error.kind)
      useServerPlace.setState({ state: refused ? 'refused' : 'lost', failure: failureText(error) })
      // To ask again with the same token, or another program, would change nothing.
      if (refused) return
    }
    if (signal.aborted) return
    if (useServerPlace.getState().state === 'connected') useServerPlace.setState({ state: 'lost' })
    endOthersRun(null)
    await pause(retries[Math.min(failed++, retries.length - 1)] ?? 0, begun)
  }
}

function pause(milliseconds: number, begun: NonNullable<typeof following>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    begun.wake = () => {
      clearTimeout(timer)
      resolve()
    }
    begun.stop.signal.addEventListener('abort', begun.wake)
  })
}

async function hear(event: ServerEvent, project: string): Promise<void> {
  switch (event.is) {
    case 'hello':
      return revised(event.revision, null)
    case 'configuration':
      if (event.page !== pageName) await revised(event.revision, event.user)
      return
    case 'progress':
      return showOthersRun(event.event)
    case 'ended':
      return runEnded(project, event.result, event.started)
    case 'notification':
      return showNotification(event.notification)
    case 'data':
      return refreshProject().catch(ignoreStopped)
  }
}

async function revised(revision: number, who: string | null): Promise<void> {
  const { revision: known, conflict } = useServerPlace.getState()
  if (revision === known || (conflict && hasUnpushed())) return
  try {
    await mergeServerChanges(who)
  } catch (error) {
    toast(failureText(error), 'bad')
  }
}

/** Called when a run that was started elsewhere has ended; runs of this page report to their own callers. */
async function runEnded(project: string, result: RunResult, started: number): Promise<void> {
  if (!endOthersRun(result)) return
  const isIdle =
    result.state === 'done' && result.pipes.every(({ read, written, deleted }) => read + written + deleted === 0)
  if (!isIdle) await keepRun({ project, run: result.run, started, result }).catch(() => undefined)
}

function ignoreStopped(error: unknown): void {
  if (!(error instanceof EngineStopped)) toast(failureText(error), 'bad')
}
