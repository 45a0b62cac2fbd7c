/** Words of the effect of edits on data, and of merging. */

import type { enEffect, enMerging } from './en-deploy.ts'
import { count, countedIn, pluralIn } from './numbers.ts'
import type { Widened } from './types.ts'

const counted = countedIn('nb')
const plural = pluralIn('nb')

const editIn: Readonly<
  Record<Parameters<Widened<typeof enEffect>['cause']>[0][number]['kind'], (name: string) => string>
> = {
  pipe: (name) => name,
  system: (name) => `systemet ${name}`,
  metadata: () => 'nodens metadata',
  variable: (name) => `variabelen ${name}`,
  data: (name) => `testdataene til ${name}`,
  file: (name) => name,
}

export const nbMerging: Widened<typeof enMerging> = {
  as: 'Vis flettingen som',
  text: 'Tekst',
  canvas: 'Lerret',
  all: (name) => `Versjonen av ${name} som skal brukes`,
  both: 'Begge, flettet',
  ownOnly: 'Bare du har endret den. Den blir som den er.',
  untouched: 'Ingen av dem har endret den.',
  chooseCard:
    'Velg et kort for å se hva som endres i det. Blått kommer med den nyere versjonen, fiolett er ditt, ravgult er endret av begge.',
  marks: {
    new: { mine: 'Ny, din', theirs: 'Ny', both: 'Ny i begge' },
    changed: { mine: 'Endret av deg', theirs: 'Endret', both: 'Endret av begge' },
    gone: { mine: 'Fjernet av deg', theirs: 'Fjernet', both: 'Fjernet' },
  },
  tab: 'Flett',
  title: 'Ta inn en nyere versjon',
  says: 'Velg en nyere versjon av det prosjektet ble importert fra. Det som bare den har endret, tas inn, det som bare du har endret, blir stående, og der begge har endret det samme, velger du. Ingenting endres før du tar flettingen i bruk.',
  readOnly: 'Prosjektet er åpent i en annen fane. Flett der.',
  files: 'Zip eller filer…',
  folder: 'Mappe…',
  reading: 'Leser den nyere versjonen…',
  failed: (why) => `Den nyere versjonen kan ikke leses: ${why}`,
  nothingFound: 'Ingenting i den kan brukes. Velg en zip eller mappe med en Sesam-konfigurasjon.',
  same: 'Ingenting å ta inn',
  sameSays: (name) => `«${name}» har ingenting som dette prosjektet mangler.`,
  entries: 'Det flettingen endrer',
  groups: {
    conflict: 'Begge har endret',
    taken: 'Tatt inn',
    removed: 'Fjernet',
    merged: 'Flettet',
    kept: 'Ditt beholdes',
  },
  conflicts: (n) => counted(n, 'konflikt', 'konflikter'),
  summary: (name, changed, conflicts) =>
    `${name}: ${counted(changed, 'endring', 'endringer')}, ${counted(conflicts, 'konflikt', 'konflikter')}.`,
  result: (name) => `Det som endres i ${name}`,
  unchanged: 'Den blir som den er.',
  apply: 'Ta flettingen i bruk',
  giveUp: 'Avbryt',
  step: (name) => `fletting av ${name}`,
  beforeMerge: (name) => `Før fletting av ${name}`,
  afterMerge: (name) => `Etter fletting av ${name}`,
  done: (n) => `Flettet: ${counted(n, 'endring', 'endringer')}. Endringer telles nå fra den nyere versjonen.`,
}

export const nbEffect: Widened<typeof enEffect> = {
  tab: 'Virkning på data',
  title: 'Se hva endringene gjør med dataene',
  says: 'Prosjektet kjøres to ganger i minnet på de samme dataene: slik det ble importert, og slik det er nå. Alle entiteter som får et annet resultat, vises. Datasettene dine endres ikke.',
  compare: 'Sammenlign',
  again: 'Sammenlign igjen',
  running: 'Kjører…',
  result: (differing, all) => `${differing} av ${counted(all, 'pipe', 'piper')} gir et annet resultat.`,
  sampled: (pipes) => `Bare de første entitetene ble brukt som inndata for: ${pipes}.`,
  nothing: 'Resultatene er de samme som før',
  nothingSays: 'Alle piper gir de samme entitetene som med konfigurasjonen som ble importert.',
  pipes: 'Piper med et annet resultat',
  counts: (added, changed, removed) => `${count(added)} lagt til, ${count(changed)} endret, ${count(removed)} fjernet`,
  same: (n) => `${counted(n, 'entitet', 'entiteter')} er som før.`,
  cause: (edits, n) => {
    const names = edits.map(({ kind, name }) => editIn[kind](name))
    const cause =
      names.length === 0
        ? 'Uten kjent årsak'
        : `${plural(names.length, 'Endringen din', 'Endringene dine')} i ${names.join(' og ')}`
    return `${cause}: ${counted(n, 'entitet', 'entiteter')}`
  },
  unexplained:
    'Verken denne pipen eller noe den leser er endret, og begge kjøringene hadde samme klokke og samme tilfeldige tall. Dette er en feil i Pipewright.',
  fails: 'kan ikke kjøre',
}
