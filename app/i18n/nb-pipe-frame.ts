/** Words of the Pipe canvas that the frame and its commands use. */

import type { enPipeFrame } from './en-pipe-frame.ts'
import type { Widened } from './types.ts'

export const nbPipeFrame: Widened<typeof enPipeFrame> = {
  addStep: 'Legg til et steg…',
  addStage: 'Legg til et trinn',
  commands: {
    edit: 'Rediger i skjemaet',
    whole: 'Vis hele pipen',
    fold: 'Fold sammen andre trinn',
    up: 'Flytt opp eller til venstre',
    down: 'Flytt ned eller til høyre',
    first: 'Til trinnene i pipen',
    show: (mode) => `Vis som ${mode.toLowerCase()}`,
    rename: 'Vis bruk eller gi nytt navn…',
    parts: 'Piper som Sesam trenger…',
  },
  duplicate: 'Dupliser',
  remove: 'Slett',
  modes: { cards: 'Kort', mapping: 'Mapping', text: 'Tekst', walk: 'Gå gjennom' },
  otherId: (id) =>
    id === '' ? '_id mangler.' : `_id ville blitt «${id}». Gi heller pipen nytt navn, så følger bruken av den med.`,
  nothingFound: (text) => `Ingenting heter «${text}».`,
}
