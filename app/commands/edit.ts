/** Undo and redo of everything. */
import { redo, undo } from '../store/project.ts'
import { type Command, command } from './command.ts'

export const editCommands: readonly Command[] = [
  command({
    id: 'edit.undo',
    group: 'edit',
    label: (w) => w.edit.undo,
    shortcut: 'Mod+Z',
    when: ({ canUndo }) => canUndo,
    run: undo,
  }),
  command({
    id: 'edit.redo',
    group: 'edit',
    label: (w) => w.edit.redo,
    shortcut: 'Mod+Shift+Z',
    when: ({ canRedo }) => canRedo,
    run: redo,
  }),
]
