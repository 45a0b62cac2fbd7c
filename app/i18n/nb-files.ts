/** The problems of reading and writing files, in Norwegian. */
import type { Facts } from '../../engine-worker/index.ts'
import { phrase } from './nb-phrases.ts'

interface Translation {
  readonly says: (facts: Facts) => string
  readonly fix?: (facts: Facts) => string
}

export const ofFiles: Readonly<Record<string, Translation>> = {
  'import-file-twice': {
    says: ({ file }) => `"${file}" er med to ganger; den siste teller.`,
    fix: () => 'Lag arkivet på nytt med én fil av hvert navn.',
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
