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
  inPipe('pipe.whole', (w) => w.pipe.commands.whole, 'F', 'fit zoom everything'),
  inPipe('pipe.fold', (w) => w.pipe.commands.fold, 'O', 'collapse open gist'),
  inPipe('pipe.first', (w) => w.pipe.commands.first, 'S', 'focus canvas'),
  inPipe('pipe.cards', (w) => w.pipe.commands.show(w.pipe.modes.cards), '1'),
  inPipe('pipe.mapping', (w) => w.pipe.commands.show(w.pipe.modes.mapping), '2'),
  inPipe('pipe.text', (w) => w.pipe.commands.show(w.pipe.modes.text), '3', 'json editor'),
  inPipe('pipe.walk', (w) => w.pipe.commands.show(w.pipe.modes.walk), 'W', 'debug trace step entity breakpoint'),
  inPipe('walk.next', (w) => w.walk.commands.next),
  inPipe('walk.back', (w) => w.walk.commands.back),
  inPipe('walk.into', (w) => w.walk.commands.into),
  inPipe('walk.out', (w) => w.walk.commands.out),
  inPipe('walk.break', (w) => w.walk.commands.break, 'B'),
  inPipe('walk.continue', (w) => w.walk.commands.continue, 'G'),
  inPipe('walk.compare', (w) => w.walk.commands.compare, 'C'),
  inPipe('walk.stop', (w) => w.walk.commands.stop, undefined, 'filtered error'),
  inPipe('pipe.rename', (w) => w.pipe.commands.rename, 'F2', 'references uses name'),
  inPipe('pipe.parts', (w) => w.pipe.commands.parts, undefined, 'expand sesam'),
]
