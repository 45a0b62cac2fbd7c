/** Ord for gjennomgangen: én entitet gjennom en pipe, steg for steg. */
import type { enWalk as english } from './en-walk.ts'
import { count, countedIn } from './numbers.ts'
import type { Widened } from './types.ts'

const counted = countedIn('nb')

export const nbWalk: Widened<typeof english> = {
  label: (entity) => `Stegene for ${entity}`,
  list: 'Alt som skjer, i rekkefølge',
  path: 'Plassering',
  nothing: 'Det er ingen entitet å følge',
  open: 'Gå gjennom',
  first: 'Til første steg',
  back: 'Tilbake',
  next: 'Neste steg',
  into: 'Inn',
  out: 'Ut',
  toBreakpoint: 'Til stoppunktet',
  toStop: 'Der den stoppet',
  where: (n, of, inside) => `steg ${count(n)} av ${count(of)}${inside ? ', inni' : ''}`,
  compare: 'Sammenlign to',
  alone: 'Bare én entitet',
  with: 'med',
  whose: 'Entitet',
  second: 'Den andre entiteten',
  pin: 'Fest denne entiteten til pipen',
  unpin: 'Løsne denne entiteten',
  notReached: 'ikke nådd',
  stopped: 'stoppet her',
  properties: (n) => counted(n, 'egenskap', 'egenskaper'),
  found: (n) => `${n} funnet`,
  removed: (name) => `${name} fjernet`,
  from: (name, before, after) =>
    before === '' ? `${name} er ${after}` : after === '' ? `${name} er fjernet` : `${name}, fra ${before} til ${after}`,
  row: (n, of) => `rad ${count(n)} av ${count(of)}`,
  child: (n, of) => `${count(n)} av ${count(of)}`,
  moreRows: (n) => `og ${counted(n, 'rad til', 'rader til')}, som ikke vises`,
  step: (n, property) => `steg ${n}${property === '' ? '' : ` ${property}`}`,
  edit: 'Endre dette steget',
  links: 'Verdiene av uttrykkene',
  beforeAfter: 'Før og etter dette steget',
  made: 'målet',
  none: 'ingenting',
  others: (n) => `${n} andre egenskaper er som de var.`,
  near: 'Ingenting ble funnet. Det nærmeste',
  nothingNear:
    'Ingen verdi ligner heller: ingen skiller seg bare i type, store bokstaver, mellomrom, tegnsetting eller en skrivefeil.',
  mergedFrom: (n) => `fra ${n} datasett`,
  mergeNear: (datasets) => `Ingenting kom fra ${datasets}. Det nærmeste`,
  nearHow: { type: 'en annen type', form: 'skrevet annerledes', similar: 'lignende' },
  dataset: 'datasett',
  datasets: (n) => `${n} datasett`,
  foundIn: (datasets) => `Funnet i ${datasets}`,
  ends: 'Til slutt',
  toSink: 'går til sinken',
  stoppedAt: (how, stage) =>
    how === 'failed'
      ? `feilet i trinn ${stage}`
      : how === 'empty'
        ? `ingen barn i trinn ${stage}`
        : `${how === 'filtered' ? 'filtrert bort' : 'forkastet'} i trinn ${stage}`,
  breakHere: 'Stoppunkt',
  stopHere: 'Stopp her',
  when: 'Når det stopper',
  always: 'alltid',
  ifTarget: 'hvis målet har',
  ifSource: 'hvis kilden har',
  comparison: 'Sammenligning',
  value: 'Verdi',
  hows: {
    is: 'er',
    'is-not': 'er ikke',
    more: 'er mer enn',
    less: 'er mindre enn',
    empty: 'er tom',
    'not-empty': 'er ikke tom',
  },
  stopsHere: 'stopper her',
  passes: 'stopper ikke',
  breakpoints: (n) => (n === 0 ? '' : counted(n, 'stoppunkt', 'stoppunkter')),
  keys: '← → steg · ↓ inn · ↑ ut · B stoppunkt · G til neste stoppunkt · C sammenlign · [ ] annen entitet',
}
