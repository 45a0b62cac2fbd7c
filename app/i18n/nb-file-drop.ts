/** Ord om datafiler utenfor visningen deres. */
import type { enFileDrop } from './en-file-drop.ts'
import type { Widened } from './types.ts'

export const nbFileDrop: Widened<typeof enFileDrop> = {
  dropHere: 'Slipp for å lese filene',
  configuration: 'Dette er konfigurasjon. Åpne den fra listen over prosjekter, eller lim den inn på lerretet.',
  readOnly: 'Prosjektet er åpent for skriving i en annen fane.',
  ignoring: {
    1: 'når store bokstaver ikke teller',
    2: 'når store bokstaver og mellomrom ikke teller',
    3: 'når store bokstaver, mellomrom og tegn ikke teller',
  },
  fromFiles: 'Fra filer…',
  pastedName: 'tabell',
}
