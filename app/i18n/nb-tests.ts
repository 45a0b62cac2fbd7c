/** Words of Tests. */

import type { enTests } from './en-tests.ts'
import { count, countedIn } from './numbers.ts'
import type { Widened } from './types.ts'

const counted = countedIn('nb')

export const nbTests: Widened<typeof enTests> = {
  emptyTitle: 'Ingen tester ennå',
  emptySays:
    'En test sammenligner utdata fra en pipe med forventede utdata. Lag tester av utdataene slik de er nå: hver kjøring av testene viser da hva en endring har ført til. Tester lagres i filene som Sesams klient bruker: expected/<pipe>.json og expected/<pipe>.test.json. Der ingen pipe sender noe ut, som i en konnektor, lages kontroller av det datasettene inneholder (checks.json).',
  freeze: 'Lag tester av utdataene slik de er nå',
  addMissing: (n) => `Legg til ${counted(n, 'test', 'tester')} som mangler`,
  accept: 'Godta de nye utdataene',
  made: (n) =>
    n === 0
      ? 'Ingen pipe har utdata eller entiteter som kan testes. Kjør alle piper med testdata først.'
      : `${counted(n, 'test', 'tester')} laget.`,
  says: (n) => counted(n, 'forventet resultat', 'forventede resultater'),
  run: 'Kjør testene',
  running: 'Kjører…',
  result: (passed, failed) => `${passed} bestått, ${failed} feilet.`,
  stale: 'Prosjektet er endret siden.',
  ready: 'Kjør testene for å se resultatene',
  readySays: 'Hele prosjektet kjøres i minnet fra begynnelsen. Datasettene dine endres ikke.',
  coverage: 'Dekning',
  covered: (reached, steps, share) =>
    `${count(reached)} av ${count(steps)} steg i reglene nås av en entitet (${share} %).`,
  missed: (n) => `Steg som ingen entitet når (${count(n)})`,
  allPass: 'Alle utdata er som forventet',
  allPassSays: 'Velg en test for å se pipen.',
  same: 'Utdataene er som forventet for',
  states: { passed: 'Bestått', failed: 'Feilet', ignored: 'Hoppet over' },
}
