/** Ord for spørsmålet før ulagret arbeid forlates. */

import type { enUnsaved as english } from './en-saving.ts'
import type { Widened } from './types.ts'

export const nbUnsaved: Widened<typeof english> = {
  title: (name: string) => `«${name}» har endringer som ikke er lagret`,
  says: {
    conflict: 'En annen fane har endret prosjektet. Velg hva som skal skje med endringene i denne fanen.',
    deleted: 'Prosjektet finnes ikke lenger i nettleserens lager. Velg hva som skal skje med prosjektet i denne fanen.',
    quota: 'Disken er full. Velg hva som skal skje med endringene i denne fanen.',
    unavailable: 'Nettleseren nekter å lagre data. Velg hva som skal skje med endringene i denne fanen.',
    newer:
      'En nyere versjon av appen har lagret prosjektene. Eksporter endringene i denne fanen som zip, og last siden på nytt.',
  },
  stay: 'Gå tilbake til det',
  again: 'Lagre på nytt',
  keep: 'Behold som nytt prosjekt',
  export: 'Eksporter som zip',
  discard: 'Forkast endringene',
  kept: (name: string) => `«${name}» er beholdt som nytt prosjekt.`,
  notKept: {
    conflict: 'Det kunne ikke beholdes som nytt prosjekt. Eksporter det som zip.',
    deleted: 'Det kunne ikke beholdes som nytt prosjekt. Eksporter det som zip.',
    quota: 'Det er ikke plass til et nytt prosjekt på disken. Eksporter det som zip.',
    unavailable: 'Nettleseren nekter å lagre et nytt prosjekt. Eksporter det som zip.',
    newer: 'En nyere versjon av appen har lagret prosjektene. Eksporter det som zip, og last siden på nytt.',
  },
}
