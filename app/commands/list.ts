/** The one list of commands. */
import { canvasCommands } from './canvas.ts'
import type { AppCommand } from './command.ts'
import { editCommands } from './edit.ts'
import { goCommands } from './go.ts'
import { pipeCommands } from './pipe.ts'
import { projectCommands } from './project.ts'
import { runCommands } from './run.ts'
import { helpCommands, viewCommands } from './view.ts'

export const commands: readonly AppCommand[] = [
  ...goCommands,
  ...runCommands,
  ...editCommands,
  ...canvasCommands,
  ...pipeCommands,
  ...projectCommands,
  ...viewCommands,
  ...helpCommands,
]
