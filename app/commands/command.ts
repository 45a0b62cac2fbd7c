/**
 * Everything a person can do by name. One list of commands feeds the palette, menus, shortcuts and the shortcut sheet;
 * each theme has its own file, and list.ts puts them together.
 */
import type { ReactNode } from 'react'
import type { Words } from '../i18n/types.ts'
import type { Route } from '../route.ts'

/** What a command can see when it decides whether it applies, and when it runs. */
export interface CommandContext {
  readonly route: Route
  readonly project: string | null
  readonly readOnly: boolean
  readonly canUndo: boolean
  readonly canRedo: boolean
  readonly running: boolean
  /** Commands that the view on screen handles (see view-handlers.ts). */
  readonly handled: ReadonlySet<string>
}

export type CommandGroup = 'go' | 'project' | 'edit' | 'run' | 'canvas' | 'pipe' | 'view' | 'help'

export interface AppCommand {
  /** Unique and stable: `project.export`. */
  readonly id: string
  readonly group: CommandGroup
  readonly label: (words: Words) => string
  /** Other words a person may search by. */
  readonly keywords?: string
  readonly icon?: ReactNode
  /** `Mod+Shift+E`; `Mod` is Ctrl, or Command on Apple's. */
  readonly shortcut?: string
  /** Whether it applies now; a command that does not is not shown. Default: always. */
  readonly when?: (context: CommandContext) => boolean
  readonly run: (context: CommandContext) => void | Promise<void>
}

/** Declares a command. */
export function appCommand(declaration: AppCommand): AppCommand {
  return declaration
}
