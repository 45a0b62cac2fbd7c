/** Commands of the Pipe canvas; the canvas handles each while it applies. */
import type { Words } from '../i18n/types.ts'
import { type AppCommand, appCommand } from './command.ts'
import { invokeViewHandler } from './view-handlers.ts'

const inPipe = (id: string, label: (words: Words) => string, shortcut?: string, keywords?: string): AppCommand =>
  appCommand({
    id,
    group: 'pipe',
    label,
    ...(shortcut === undefined ? {} : { shortcut }),
    ...(keywords === undefined ? {} : { keywords }),
    when: ({ handled }) => handled.has(id),
    run: () => invokeViewHandler(id),
  })

export const pipeCommands: readonly AppCommand[] = [
  inPipe('pipe.addStep', (w) => w.pipe.addStep, '/', 'transform function insert'),
  inPipe('pipe.addStage', (w) => w.pipe.addStage, 'A', 'transform insert'),
  inPipe('pipe.edit', (w) => w.pipe.commands.edit, 'E', 'form inspector'),
  inPipe('pipe.up', (w) => w.pipe.commands.up, 'Alt+ArrowUp', 'left'),
  inPipe('pipe.down', (w) => w.pipe.commands.down, 'Alt+ArrowDown', 'right'),
  inPipe('pipe.duplicate', (w) => w.pipe.duplicate, 'Mod+D', 'copy'),
  inPipe('pipe.remove', (w) => w.pipe.remove, 'Delete'),
  inPipe('pipe.first', (w) => w.pipe.commands.first, 'S', 'focus canvas'),
  inPipe('pipe.cards', (w) => w.pipe.commands.show(w.pipe.modes.cards), '1'),
  inPipe('pipe.mapping', (w) => w.pipe.commands.show(w.pipe.modes.mapping), '2'),
  inPipe('pipe.text', (w) => w.pipe.commands.show(w.pipe.modes.text), '3', 'json editor'),
  inPipe('pipe.rename', (w) => w.pipe.commands.rename, 'F2', 'references uses name'),
  inPipe('pipe.parts', (w) => w.pipe.commands.parts, undefined, 'expand sesam'),
]
