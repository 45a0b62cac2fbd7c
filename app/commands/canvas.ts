/** Commands of the Flow canvas; the canvas handles each while it applies. */

import type { Words } from '../i18n/types.ts'
import { alignments } from './alignments.ts'
import { type AppCommand, appCommand } from './command.ts'
import { invokeViewHandler } from './view-handlers.ts'

const canvasCommand = (id: string, label: (words: Words) => string, shortcut?: string, keywords?: string): AppCommand =>
  appCommand({
    id,
    group: 'canvas',
    label,
    ...(shortcut === undefined ? {} : { shortcut }),
    ...(keywords === undefined ? {} : { keywords }),
    when: ({ handled }) => handled.has(id),
    run: () => invokeViewHandler(id),
  })

export const canvasCommands: readonly AppCommand[] = [
  canvasCommand('canvas.add', (w) => w.flow.addTitle, 'A', 'new create pipe system'),
  canvasCommand('canvas.files', (w) => w.flow.addFiles, undefined, 'csv json import data upload'),
  canvasCommand('canvas.connect', (w) => w.flow.connectCommand, 'C', 'wire link hops'),
  canvasCommand('canvas.follow', (w) => w.flow.followCommand, 'N', 'next reader merge endpoint create'),
  canvasCommand('canvas.open', (w) => w.flow.open, 'Enter'),
  canvasCommand('canvas.openGroup', (w) => w.flow.openGroup, 'Enter'),
  canvasCommand('canvas.runGroup', (w) => w.flow.runGroup, undefined, 'run start pipes group'),
  canvasCommand('canvas.allGroups', (w) => w.flow.allGroups),
  canvasCommand('canvas.data', (w) => w.flow.dataOf, undefined, 'entities dataset'),
  canvasCommand('canvas.merge', (w) => w.flow.mergeThese, 'M', 'global same combine'),
  canvasCommand('canvas.join', (w) => w.flow.joinThese, 'J', 'hops lookup'),
  canvasCommand('canvas.rename', (w) => w.flow.rename, 'F2', 'name uses'),
  canvasCommand('canvas.duplicate', (w) => w.flow.duplicate, 'Mod+D'),
  canvasCommand('canvas.remove', (w) => w.flow.remove, 'Delete'),
  canvasCommand('canvas.selectAll', (w) => w.flow.selectAll, 'Mod+A'),
  canvasCommand('canvas.up', (w) => w.flow.selectUp, 'Shift+ArrowLeft', 'upstream sources'),
  canvasCommand('canvas.down', (w) => w.flow.selectDown, 'Shift+ArrowRight', 'downstream readers'),
  canvasCommand('canvas.layout', (w) => w.flow.layOut, 'L', 'tidy arrange layout'),
  canvasCommand('canvas.fit', (w) => w.flow.fit, 'F', 'zoom'),
  canvasCommand('canvas.outline', (w) => w.flow.outline, 'O', 'tree list'),
  ...alignments.map((how) =>
    canvasCommand(`canvas.align.${how}`, (w) => `${w.flow.align.label}: ${w.flow.align[how]}`),
  ),
]
