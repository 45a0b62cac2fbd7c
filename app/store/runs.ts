/** Runs as a person starts and follows them: started, kept for the Runs view, cancelled. */
import { create } from 'zustand'
import { words } from '../words/words.ts'
import { disk, type RunRow } from './disk.ts'
import { cancel, run } from './engine.ts'
import { toast } from './notes.ts'
import { useProject } from './project.ts'

/** The runs of the open project, newest first. */
export const useRuns = create<{ readonly runs: readonly RunRow[] }>(() => ({ runs: [] }))

/** Reads the runs of a project from disk. */
export async function loadRuns(project: string): Promise<void> {
  useRuns.setState({ runs: await disk.runs(project) })
}

/** Runs pipes, all when absent, and keeps what came of it. */
export async function runPipes(request: {
  readonly pipes?: readonly string[]
  readonly full?: boolean
}): Promise<void> {
  const { id, readOnly } = useProject.getState()
  if (id === null || readOnly) return
  const started = Date.now()
  try {
    const result = await run(request)
    const row: RunRow = { project: id, run: result.run, started, result }
    useRuns.setState((state) => ({ runs: [row, ...state.runs] }))
    await disk.addRun(row)
  } catch (error) {
    toast(words().run.couldNotRun(error instanceof Error ? error.message : String(error)), 'bad')
  }
}

/** Stops the run that is under way. */
export async function cancelRun(): Promise<void> {
  await cancel()
}
