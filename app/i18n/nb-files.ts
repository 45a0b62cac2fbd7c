/** The problems of reading and writing files, in Norwegian. */
import type { Facts } from '../../engine-worker/index.ts'
import { phrase } from './nb-phrases.ts'

interface Translation {
  readonly says: (facts: Facts) => string
  readonly fix?: (facts: Facts) => string
}

export const ofFiles: Readonly<Record<string, Translation>> = {
  'file-unreadable': {
    says: ({ file, reason }) => `${file} kunne ikke leses: ${phrase(reason)}.`,
    fix: () => 'Sjekk at filen er hel, og at innholdet stemmer med filendelsen.',
  },
  'file-too-large': {
    says: ({ file, megabytes, limit }) =>
      `${file} er på ${megabytes} MB; slike filer leses i ett, og da er ${limit} MB grensen.`,
    fix: () => 'Lagre den som CSV eller NDJSON, eller i flere filer.',
  },
  'file-forgotten': {
    says: () => 'Motoren ble startet på nytt og må lese filen en gang til.',
    fix: () => 'Legg inn filen på nytt.',
  },
  'import-file-twice': {
    says: ({ file }) => `"${file}" er med to ganger; den siste teller.`,
    fix: () => 'Lag arkivet på nytt med én fil av hvert navn.',
  },
  'testdata-of-unknown-pipe': {
    says: ({ pipe }) => `Disse testdataene hører ikke til noen pipe: det er ingen pipe ${pipe}.`,
    fix: ({ suggestion }) => (suggestion === '' ? 'Gi filen navn etter "_id" til pipen.' : `Mente du ${suggestion}?`),
  },
  'testdata-twice': {
    says: ({ pipe, other }) => `Det er andre testdata for ${pipe}, i ${other}; denne filen leses ikke.`,
    fix: () => 'Samle entitetene i én fil.',
  },
  'tested-pipe-failed': {
    says: ({ pipe }) => `Pipen ${pipe} feilet, så testene kjørte på det den hadde skrevet til da.`,
  },
  'placeholder-without-value': {
    says: ({ name }) => `Plassholderen {{@ ${name} @}} blir stående: .jinja_vars har ingen verdi for den.`,
    fix: ({ name }) => `Legg til en linje ${name}=… i .jinja_vars.`,
  },
  'file-with-placeholders': {
    says: ({ file }) => `${file} har plassholdere fra .jinja_vars utenfor anførselstegn, så den beholdes som tekst.`,
    fix: () => 'Den kjører med verdiene i .jinja_vars.',
  },
  'import-connector': {
    says: ({ manifest }) =>
      `${manifest} gjør dette til en konnektor: pipene og systemene lages av maler, og ingen av dem er her.`,
    fix: ({ expanded }) =>
      expanded
        ? 'Åpne mappen .expanded, der de er skrevet.'
        : 'Utvid den (pipewright connector expand), og åpne mappen .expanded.',
  },
  'import-link-not-followed': {
    says: ({ file }) => `${file} ble utelatt: det er en symbolsk lenke.`,
    fix: () => 'Legg selve filen eller mappen i stedet.',
  },
  'output-through-link': {
    says: ({ file, link }) => `${file} ble ikke skrevet: ${link} er en symbolsk lenke.`,
    fix: () => 'Fjern lenken, eller skriv til en annen mappe.',
  },
  'name-not-a-file': {
    says: ({ name, reason }) => `${name} ble ikke skrevet: navnet ${phrase(reason)}.`,
    fix: () => 'Gi et kortere navn av bokstaver, sifre, bindestreker og understreker.',
  },
  'name-written-otherwise': {
    says: ({ name, file }) =>
      `${name} ble skrevet til ${file}: et filnavn kan ikke ha skråstrek, og to kan ikke være like.`,
  },
}
