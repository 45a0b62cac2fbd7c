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
const retryDelays = [500, 1000, 2000, 5000, 10_000]

/** Ends the following of the server that was followed last. */
let followState: { readonly stop: AbortController; wake: () => void } | null = null

/** Follows the server of the open project. Once, when a project is on one for the first time. */
export function followServers(): void {
  useServerPlace.subscribe((now, before) => {
    if (now.address !== before.address || now.project !== before.project) restartFollowing()
  })
  restartFollowing()
}

/** Tries to connect again at once. */
export function connectAgain(): void {
  const { state } = useServerPlace.getState()
  if (state === 'refused') restartFollowing()
  else followState?.wake()
}

function restartFollowing(): void {
  followState?.stop.abort()
  followState = null
  const { address, project } = useServerPlace.getState()
  if (address === null || project === null) return
  const started = { stop: new AbortController(), wake: () => {} }
  followState = started
  void followServer(address, project, started)
}

async function followServer(address: string, project: string, started: NonNullable<typeof followState>): Promise<void> {
  const { signal } = started.stop
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
        await handleEvent(event, project)
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
    await pause(retryDelays[Math.min(failed++, retryDelays.length - 1)] ?? 0, started)
  }
}

function pause(milliseconds: number, started: NonNullable<typeof followState>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    started.wake = () => {
      clearTimeout(timer)
      resolve()
    }
    started.stop.signal.addEventListener('abort', started.wake)
  })
}

async function handleEvent(event: ServerEvent, project: string): Promise<void> {
  switch (event.is) {
    case 'hello':
      return handleRevision(event.revision, null)
    case 'configuration':
      if (event.page !== pageName) await handleRevision(event.revision, event.user)
      return
    case 'progress':
      return showOthersRun(event.event)
    case 'ended':
      return handleRunEnd(project, event.result, event.started)
    case 'notification':
      return showNotification(event.notification)
    case 'data':
      return refreshProject().catch(ignoreStopped)
  }
}

async function handleRevision(revision: number, who: string | null): Promise<void> {
  const { revision: known, conflict } = useServerPlace.getState()
  if (revision === known || (conflict && hasUnpushed())) return
  try {
    await mergeServerChanges(who)
  } catch (error) {
    toast(failureText(error), 'bad')
  }
}

/** Called when a run that was started elsewhere has ended; runs of this page report to their own callers. */
async function handleRunEnd(project: string, result: RunResult, started: number): Promise<void> {
  if (!endOthersRun(result)) return
  const isIdle =
    result.state === 'done' && result.pipes.every(({ read, written, deleted }) => read + written + deleted === 0)
  if (!isIdle) await keepRun({ project, run: result.run, started, result }).catch(() => undefined)
}

function ignoreStopped(error: unknown): void {
  if (!(error instanceof EngineStopped)) toast(failureText(error), 'bad')
}
