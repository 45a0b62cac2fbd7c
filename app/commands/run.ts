/** Running pipes. */
import { cancelRun, runPipes } from '../store/runs.ts'
import { type Command, command } from './command.ts'

export const runCommands: readonly Command[] = [
  command({
    id: 'run.all',
    group: 'run',
    label: (w) => w.run.all,
    shortcut: 'Mod+Shift+Enter',
    when: ({ project, running, readOnly }) => project !== null && !running && !readOnly,
    run: () => runPipes({}),
  }),
  command({
    id: 'run.pipe',
    group: 'run',
    label: (w) => w.run.thisPipe,
    shortcut: 'Mod+Enter',
    when: ({ route, running, readOnly }) => route.at === 'pipe' && !running && !readOnly,
    run: ({ route }) => (route.at === 'pipe' ? runPipes({ pipes: [route.pipe] }) : undefined),
  }),
  command({
    id: 'run.full',
    group: 'run',
    label: (w) => w.run.fromScratch,
    keywords: 'reset full rescan',
    when: ({ project, running, readOnly }) => project !== null && !running && !readOnly,
    run: () => runPipes({ full: true }),
  }),
  command({
    id: 'run.cancel',
    group: 'run',
    label: (w) => w.run.cancel,
    shortcut: 'Mod+.',
    when: ({ running }) => running,
    run: cancelRun,
  }),
]
