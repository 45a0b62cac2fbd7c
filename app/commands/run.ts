/** Running pipes. */
import { go } from '../route.ts'
import { useEngine } from '../store/engine/state.ts'
import { saveRecording } from '../store/project/recordings.ts'
import { cancelRun, followSchedules, runPipes, settleBreaker, useRuns } from '../store/project/runs.ts'
import { useServerPlace } from '../store/server/place.ts'
import { type AppCommand, appCommand, type CommandContext } from './command.ts'

/** The pipe on screen, when its circuit breaker has tripped. */
function trippedPipe({ route, running, readOnly }: CommandContext): string | null {
  if (route.at !== 'pipe' || running || readOnly) return null
  const problems = useEngine.getState().last[route.pipe]?.problems ?? []
  return problems.some(({ code }) => code === 'circuit-breaker-tripped') ? route.pipe : null
}

function resolveTripped(context: CommandContext, how: 'commit' | 'rollback'): Promise<void> | undefined {
  const pipe = trippedPipe(context)
  return pipe === null ? undefined : settleBreaker(pipe, how)
}

export const runCommands: readonly AppCommand[] = [
  appCommand({
    id: 'run.all',
    group: 'run',
    label: (w) => w.run.all,
    shortcut: 'Mod+Shift+Enter',
    when: ({ project, running, readOnly }) => project !== null && !running && !readOnly,
    run: () => runPipes({}),
  }),
  appCommand({
    id: 'run.pipe',
    group: 'run',
    label: (w) => w.run.thisPipe,
    shortcut: 'Mod+Enter',
    when: ({ route, running, readOnly }) => route.at === 'pipe' && !running && !readOnly,
    run: ({ route }) => (route.at === 'pipe' ? runPipes({ pipes: [route.pipe] }) : undefined),
  }),
  appCommand({
    id: 'run.full',
    group: 'run',
    label: (w) => w.run.fromScratch,
    keywords: 'reset full rescan',
    when: ({ project, running, readOnly }) => project !== null && !running && !readOnly,
    run: () => runPipes({ full: true }),
  }),
  appCommand({
    id: 'run.operations',
    group: 'go',
    label: (w) => w.go.to(w.views.operations.label),
    keywords: 'timeline queue failures throughput metrics monitoring',
    when: ({ project }) => project !== null,
    run: ({ project }) => (project === null ? undefined : go({ at: 'operations', project, run: null })),
  }),
  appCommand({
    id: 'run.cancel',
    group: 'run',
    label: (w) => w.run.cancel,
    shortcut: 'Mod+.',
    when: ({ running }) => running,
    run: cancelRun,
  }),
  appCommand({
    id: 'run.follow',
    group: 'run',
    label: (w) => w.run.follow,
    keywords: 'schedule cron interval automatic',
    when: ({ project, readOnly }) =>
      project !== null && !readOnly && !useRuns.getState().scheduled && useServerPlace.getState().address === null,
    run: () => followSchedules(true),
  }),
  appCommand({
    id: 'run.unfollow',
    group: 'run',
    label: (w) => w.run.unfollow,
    keywords: 'schedule cron interval automatic',
    when: () => useRuns.getState().scheduled,
    run: () => followSchedules(false),
  }),
  appCommand({
    id: 'run.recording',
    group: 'run',
    label: (w) => w.recording.save,
    keywords: 'har record answers http offline',
    when: ({ project, readOnly }) => project !== null && !readOnly,
    run: saveRecording,
  }),
  appCommand({
    id: 'run.breaker.commit',
    group: 'run',
    label: (w) => w.run.release,
    keywords: 'circuit breaker commit',
    when: (context) => trippedPipe(context) !== null,
    run: (context) => resolveTripped(context, 'commit'),
  }),
  appCommand({
    id: 'run.breaker.rollback',
    group: 'run',
    label: (w) => w.run.rollback,
    keywords: 'circuit breaker rollback',
    when: (context) => trippedPipe(context) !== null,
    run: (context) => resolveTripped(context, 'rollback'),
  }),
]
