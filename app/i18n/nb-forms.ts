/** Ord for skjemaer. */
import type { enForms as english } from './en-forms.ts'
import { countedIn } from './numbers.ts'
import type { Widened } from './types.ts'

const counted = countedIn('nb')

export const nbForms: Widened<typeof english> = {
  type: 'Type',
  required: 'Må fylles ut.',
  sesamOnly: 'bare i Sesam',
  documentation: 'Dokumentasjon',
  documentationOf: (name) => `Dokumentasjon om ${name}`,
  chooseFile: 'Velg en fil…',
  bytes: (n) => `${n} byte`,
  tooManyBytes: (file, n, most) => `${file} har ${n} byte, og det tas imot høyst ${most}. Ingenting ble endret.`,
  sesamOnlySays: 'Eksporteres til Sesam; ingenting som kjøres her, avhenger av den.',
  notSet: 'ikke satt',
  byDefault: (value) => `standard (${value})`,
  default: (value) => `Standard: ${value}.`,
  unset: 'fjern',
  aims: {
    connection: 'Koble til',
    'sign-in': 'Logg inn',
    increments: 'Les bare det som er nytt',
    identity: 'Id-er og navnerom',
    format: 'Hvordan verdier leses og skrives',
    schedule: 'Når den kjører',
    failures: 'Når noe går galt',
    speed: 'Batcher og hastighet',
    storage: 'Hva som beholdes og slettes',
    again: 'Hva som behandles på nytt',
    about: 'Beskriv og administrer',
  },
  advanced: (n) => counted(n, 'innstilling til', 'innstillinger til'),
  name: 'navn',
  shapes: { text: 'tekst', number: 'tall', boolean: 'sant eller usant', list: 'liste', dict: 'ordbok', null: 'null' },
  addItem: 'Legg til',
  addAll: (n) => `Legg til alle ${n}`,
  chooseType: 'Finn type…',
  unknownType: (type) => `«${type}» er ikke en type som Sesam dokumenterer. Den kan redigeres som JSON.`,
  step: {
    set: (name) => `Sett ${name}`,
    unset: (name) => `Fjern ${name}`,
  },
}
