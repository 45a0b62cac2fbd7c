/** Ord om serverne som et prosjekt kan sende forespørsler til. */

import type { enServers as english } from './en-servers.ts'
import type { Widened } from './types.ts'

export const nbServers: Widened<typeof english> = {
  title: (name: string) => `«${name}» vil sende forespørsler`,
  says: 'Pipene sender forespørsler til disse serverne, med innholdet som konfigurasjonen bestemmer. Ingenting er sendt ennå. Tillat bare servere du venter deg.',
  list: 'Servere',
  unnamed: 'navngitt av data eller en mal',
  allow: 'Tillat de valgte serverne',
  refuse: 'Send ingenting',
  heading: 'Servere',
  of: (host: string) => `Forespørsler til ${host}`,
  decisions: { ask: 'Spør først', allowed: 'Tillatt', refused: 'Ikke tillatt' },
  settingsSay: 'Hvor piper i dette prosjektet kan sende forespørsler herfra. Avgjørelsen blir i denne nettleseren.',
}
