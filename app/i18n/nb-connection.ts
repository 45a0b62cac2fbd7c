/** Norsk: å prøve om et system kan nås. */
import type { enConnection as english } from './en-connection.ts'
import type { Widened } from './types.ts'

export const nbConnection: Widened<typeof english> = {
  heading: 'Forbindelse',
  test: 'Test forbindelsen',
  again: 'Prøv igjen',
  cancel: 'Avbryt',
  path: 'Sti å spørre etter',
  pathHelp: 'Under adressen til systemet; tom for adressen selv. Velg en som krever pålogging.',
  says: 'Sender én GET til serveren, med påloggingen til systemet. Du blir spurt før en ny server får en forespørsel.',
  waiting: 'Venter på svaret…',
  cancelled: 'Testen ble avbrutt.',
  asked: 'Spurte',
  answered: 'Svarte',
  status: (status: number, milliseconds: string) => `Status ${status}, ${milliseconds}`,
  redirected: (url: string) => `Etter en omdirigering, fra ${url}`,
  beginning: (type: string) => (type === '' ? 'Svaret begynner' : `Svaret begynner (${type})`),
  todo: 'Hva du kan gjøre',
  verdicts: { good: 'Nådd', half: 'Svarer', bad: 'Ikke nådd' },
  advice: {
    reached:
      'Adressen virker, og serveren godtok forespørselen. Spør etter en sti som krever pålogging for å være sikker på den.',
    'sign-in':
      'Serveren godtar ikke påloggingen. Se etter bruker, passord eller token, og hva kontoen får gjøre; hemmeligheter må ha en verdi her.',
    'no-such-path':
      'Serveren er der, men har ingenting på denne adressen. Rett adressen, eller spør etter en sti som finnes.',
    busy: 'Serveren har fått for mange forespørsler. Vent litt, og prøv igjen.',
    failing: 'Serveren har en feil. Prøv igjen senere, eller spør den som drifter den.',
    refused: 'Serveren er der, men godtar ikke denne forespørselen. Spør etter en sti som kan leses.',
  },
  port: (server: string) =>
    `${server} bruker en protokoll som nettlesere ikke støtter. Test fra kommandolinjen, i mappen til prosjektet:`,
  onServer: 'Dette prosjektet kjører på en server, og hemmelighetene er der. Test fra kommandolinjen på den maskinen:',
  browserFailed:
    'En nettleser oppgir ikke hvorfor en forespørsel feilet: serveren kan være nede, sertifikatet kan være avvist, eller den tillater ikke forespørsler fra nettlesere (CORS). Kommandolinjen viser årsaken:',
  nothing: {
    container: 'Sesam kjører denne tjenesten i en egen container: statusen er i Sesam, under systemet.',
    tns: 'Adressen er et TNS-navn som bare Sesams maskiner kjenner. Prøv den der.',
    'made-up': 'Dette systemet har ingen server, så det finnes ingen forbindelse å teste.',
    address: 'Systemet sier ikke hvor serveren er. Gi det en adresse først.',
    unknown: 'Det finnes ingen test for denne typen system.',
  },
}
