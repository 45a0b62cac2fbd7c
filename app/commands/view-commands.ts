/** The commands of the canvas that the view on screen handles now, for menus. */
import { useWords } from '../i18n/i18n.ts'
import { canvasCommands } from './canvas.ts'
import { invokeViewHandler, useHandledCommands } from './view-handlers.ts'

interface ViewCommand {
  readonly id: string
  readonly label: string
  readonly shortcut?: string
  readonly run: () => void | Promise<void>
}

/** Those that apply now, with their words. */
export function useViewCommands(): readonly ViewCommand[] {
  const w = useWords()
  const handled = useHandledCommands()
  return canvasCommands
    .filter(({ id }) => handled.has(id))
    .map(({ id, label, shortcut }) => ({
      id,
      label: label(w),
      ...(shortcut === undefined ? {} : { shortcut }),
      run: () => invokeViewHandler(id),
    }))
}
