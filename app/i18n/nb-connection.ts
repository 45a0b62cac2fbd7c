/** Norsk: å prøve om et system kan nås. */
import type { enConnection as english } from './en-connection.ts'
import type { Widened } from './types.ts'

export const nbConnection: Widened<typeof english> = {
  heading: 'Forbindelse',
  test: 'Prøv forbindelsen',
  again: 'Prøv igjen',
  cancel: 'Avbryt',
  path: 'Sti å spørre etter',
  pathHelp: 'Under adressen til systemet; tom for adressen selv. Velg en som krever pålogging.',
  says: 'Sender én GET til tjeneren, med påloggingen til systemet. Du blir spurt før en ny tjener får en forespørsel.',
  waiting: 'Venter på svaret…',
  cancelled: 'Prøven ble avbrutt.',
  asked: 'Spurte',
  answered: 'Svarte',
  status: (status: number, milliseconds: string) => `Status ${status}, ${milliseconds}`,
  redirected: (url: string) => `Etter en omdirigering, fra ${url}`,
  beginning: (type: string) => (type === '' ? 'Svaret begynner' : `Svaret begynner (${type})`),
  todo: 'Hva du kan gjøre',
  verdicts: { good: 'Nådd', half: 'Svarer', bad: 'Ikke nådd' },
  advice: {
    reached:
      'Adressen virker, og tjeneren godtok forespørselen. Spør etter en sti som krever pålogging for å være sikker på den.',
    'sign-in':
      'Tjeneren godtar ikke påloggingen. Se etter bruker, passord eller token, og hva kontoen får gjøre; hemmeligheter må ha en verdi her.',
    'no-such-path':
      'Tjeneren er der, men har ingenting på denne adressen. Rett adressen, eller spør etter en sti som finnes.',
    busy: 'Tjeneren har fått for mange forespørsler. Vent litt, og prøv igjen.',
    failing: 'Det er feil hos tjeneren selv. Prøv igjen senere, eller spør den som driver den.',
    refused: 'Tjeneren er der, men godtar ikke denne forespørselen. Spør etter en sti som kan leses.',
  },
  port: (server: string) =>
    `${server} bruker en protokoll som en nettleser ikke kan. Prøv fra kommandolinjen, i mappen til prosjektet:`,
  onServer: 'Dette prosjektet kjører på en tjener, og hemmelighetene er der. Prøv fra kommandolinjen på den maskinen:',
  browserFailed:
    'En nettleser sier ikke hvorfor en forespørsel mislyktes: tjeneren kan være nede, sertifikatet avvist, eller den lar ingen nettleser lese (CORS). Kommandolinjen sier hva det er:',
  nothing: {
    container: 'Sesam kjører denne tjenesten i en egen container: statusen er i Sesam, under systemet.',
    tns: 'Adressen er bare kjent ved TNS-navnet på maskinene til Sesam. Prøv den der.',
    'made-up': 'Dette systemet står ikke for noen tjener, så det er ingenting å nå.',
    address: 'Systemet sier ikke hvor tjeneren er. Gi det en adresse først.',
    unknown: 'For denne typen system er ingen prøve kjent.',
  },
}
