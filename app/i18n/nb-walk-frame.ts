/** Words of Walk that the frame and its commands use. */

import type { enWalkFrame } from './en-walk-frame.ts'
import type { Widened } from './types.ts'

export const nbWalkFrame: Widened<typeof enWalkFrame> = {
  commands: {
    next: 'Gjennomgang: neste steg',
    back: 'Gjennomgang: ett steg tilbake',
    into: 'Gjennomgang: inn i steget',
    out: 'Gjennomgang: ut av steget',
    break: 'Gjennomgang: stoppunkt her',
    continue: 'Gjennomgang: videre til stoppunktet',
    compare: 'Gjennomgang: sammenlign to entiteter',
    stop: 'Gjennomgang: der den stoppet',
  },
  openSays: 'Gå gjennom pipen som laget den',
  maker: (property) => `Hvilket steg laget ${property}?`,
  noMaker: 'Ingen pipe i dette prosjektet har laget den.',
}
