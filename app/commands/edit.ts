/** Undo and redo of everything. */
import { redo, undo } from '../store/project/project.ts'
import { type AppCommand, appCommand } from './command.ts'

export const editCommands: readonly AppCommand[] = [
  appCommand({
    id: 'edit.undo',
    group: 'edit',
    label: (w) => w.edit.undo,
    shortcut: 'Mod+Z',
    when: ({ canUndo }) => canUndo,
    run: undo,
  }),
  appCommand({
    id: 'edit.redo',
    group: 'edit',
    label: (w) => w.edit.redo,
    shortcut: 'Mod+Shift+Z',
    when: ({ canRedo }) => canRedo,
    run: redo,
  }),
]
