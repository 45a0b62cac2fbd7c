/** Norwegian: the search over all datasets. */

import type { enSearch } from './en-search.ts'
import { bytesIn, count, countedIn } from './numbers.ts'
import type { Widened } from './types.ts'

const counted = countedIn('nb')

export const nbSearch: Widened<typeof enSearch> = {
  field: 'Søk i alle data',
  placeholder: 'Ord, «en frase», begynnelse*, @egenskap:tekst',
  try: 'Prøv',
  examples: [
    { text: 'nord*', says: 'begynner med' },
    { text: '"ada lovelace"', says: 'disse ordene sammen' },
    { text: 'ada + oslo', says: 'begge' },
    { text: 'ada -oslo', says: 'ikke' },
    { text: 'lovlace~1', says: 'inntil én feil bokstav' },
    { text: '@email:ada*', says: 'i en egenskap' },
    { text: '@amount>1000', says: 'større' },
    { text: '-@email', says: 'uten egenskapen' },
  ],
  filters: 'Filtre på egenskaper',
  removeFilter: (filter) => `Fjern filteret ${filter}`,
  not: 'ikke',
  filter: {
    present: () => 'finnes',
    missing: () => 'mangler',
    contains: (text) => `inneholder ${text}`,
    begins: (text) => `begynner med ${text}`,
    is: (text) => `= ${text}`,
    'is-not': (text) => `≠ ${text}`,
    greater: (text) => `> ${text}`,
    'at-least': (text) => `≥ ${text}`,
    less: (text) => `< ${text}`,
    'at-most': (text) => `≤ ${text}`,
  },
  lists: 'Avgrens søket',
  list: { datasets: 'Datasett', systems: 'Systemer', types: 'Typer', namespaces: 'Navnerom', properties: 'Egenskaper' },
  hits: 'Det som ble funnet',
  withDeleted: 'også slettede og bortfiltrerte entiteter',
  ready: 'Alle datasett',
  start: 'Hva leter du etter?',
  startSays:
    'Et navn, et nummer, en identifikator: alt som står i en egenskap til en entitet. Treff i globale datasett kommer først, med ordene merket og egenskapen de står i.',
  total: (n) => counted(n, 'treff', 'treff'),
  inDatasets: (n) => `i ${counted(n, 'datasett', 'datasett')}, siste versjon av hver entitet`,
  took: (milliseconds, searched) => `${milliseconds} ms over ${searched} entiteter`,
  failed: (why) => `Søket mislyktes: ${why}`,
  nothing: 'Ingenting ble funnet',
  nothingSays:
    'Søket finner hele ord: legg til * for å finne ord som begynner slik, eller ~1 der en bokstav kan være feil. Ord ved siden av hverandre finner entiteter med minst ett av dem.',
  clearPicks: 'Søk i alle datasett igjen',
  emptySays: 'Datasett blir fylt når piper kjører. Kjør prosjektet, og søk så i alt det inneholder.',
  more: (n) => `Vis flere (${count(n)} igjen)`,
  moreNames: (n) => `${count(n)} til`,
  moreHere: (n) => `${counted(n, 'treff til', 'treff til')} i dette datasettet, lenger nede eller ikke vist ennå`,
  asTable: 'Åpne som tabell',
  merged: (n) => `${count(n)} flettet`,
  clear: 'Tøm søket',
  saved: 'Lagret',
  savedSearches: 'Lagrede søk',
  everything: 'alt',
  index: 'Indeks',
  indexing: (indexed, entities) => `Indekserer: ${count(indexed)} av ${count(entities)}`,
  indexSays: (entities, size) =>
    `${entities} entiteter kan finnes. Indeksen, med kolonnene til store datasett for profilene, tar ${size}. Datasett som er slått av, tar ingen plass.`,
  notSearched: 'ikke søkt i',
  size: bytesIn('nb'),
}
