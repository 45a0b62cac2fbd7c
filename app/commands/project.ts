/** Projects and their files. */
import { go } from '../route.ts'
import { useDialogs } from '../store/dialogs.ts'
import { type AppCommand, appCommand } from './command.ts'

export const projectCommands: readonly AppCommand[] = [
  appCommand({
    id: 'project.export',
    group: 'project',
    label: (w) => w.project.export,
    keywords: 'zip folder download save',
    shortcut: 'Mod+Shift+E',
    when: ({ project }) => project !== null,
    run: () => useDialogs.setState({ open: 'export' }),
  }),
  appCommand({
    id: 'project.share',
    group: 'project',
    label: (w) => w.sharing.command,
    keywords: 'link url send copy',
    when: ({ project }) => project !== null,
    run: () => useDialogs.setState({ open: 'share' }),
  }),
  appCommand({
    id: 'project.import',
    group: 'project',
    label: (w) => w.project.import,
    keywords: 'open folder zip json paste upload',
    shortcut: 'Mod+O',
    run: () => {
      go({ at: 'projects' })
      useDialogs.setState({ open: 'import' })
    },
  }),
  appCommand({
    id: 'project.connect',
    group: 'project',
    label: (w) => w.connected.connect,
    keywords: 'server remote push pull deploy',
    run: () => useDialogs.setState({ open: 'server' }),
  }),
  appCommand({
    id: 'project.version',
    group: 'project',
    label: (w) => w.versions.keepNow,
    keywords: 'save snapshot history',
    when: ({ project, readOnly }) => project !== null && !readOnly,
    run: () => useDialogs.setState({ open: 'version' }),
  }),
  appCommand({
    id: 'project.rename',
    group: 'project',
    label: (w) => w.project.rename,
    when: ({ project, readOnly }) => project !== null && !readOnly,
    run: () => useDialogs.setState({ open: 'rename' }),
  }),
]
