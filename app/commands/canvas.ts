/** What can be done on the Flow canvas; the canvas offers each while it applies. */

import type { Words } from '../i18n/types.ts'
import { alignments } from './alignments.ts'
import { type AppCommand, appCommand } from './command.ts'
import { take } from './view-handlers.ts'

const onCanvas = (id: string, label: (words: Words) => string, shortcut?: string, keywords?: string): AppCommand =>
  appCommand({
    id,
    group: 'canvas',
    label,
    ...(shortcut === undefined ? {} : { shortcut }),
    ...(keywords === undefined ? {} : { keywords }),
    when: ({ offered }) => offered.has(id),
    run: () => take(id),
  })

export const canvasCommands: readonly AppCommand[] = [
  onCanvas('canvas.add', (w) => w.flow.addTitle, 'A', 'new create pipe system'),
  onCanvas('canvas.files', (w) => w.flow.addFiles, undefined, 'csv json import data upload'),
  onCanvas('canvas.connect', (w) => w.flow.connectCommand, 'C', 'wire link hops'),
  onCanvas('canvas.follow', (w) => w.flow.followCommand, 'N', 'next reader merge endpoint create'),
  onCanvas('canvas.open', (w) => w.flow.open, 'Enter'),
  onCanvas('canvas.duplicate', (w) => w.flow.duplicate, 'Mod+D'),
  onCanvas('canvas.remove', (w) => w.flow.remove, 'Delete'),
  onCanvas('canvas.selectAll', (w) => w.flow.selectAll, 'Mod+A'),
  onCanvas('canvas.up', (w) => w.flow.selectUp, 'Shift+ArrowLeft', 'upstream sources'),
  onCanvas('canvas.down', (w) => w.flow.selectDown, 'Shift+ArrowRight', 'downstream readers'),
  onCanvas('canvas.layout', (w) => w.flow.layOut, 'L', 'tidy arrange layout'),
  onCanvas('canvas.fit', (w) => w.flow.fit, 'F', 'zoom'),
  onCanvas('canvas.outline', (w) => w.flow.outline, 'O', 'tree list'),
  ...alignments.map((how) => onCanvas(`canvas.align.${how}`, (w) => `${w.flow.align.label}: ${w.flow.align[how]}`)),
]
