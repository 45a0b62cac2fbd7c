/** English: the search over all datasets. */
import { bytesIn, count, countedIn } from './numbers.ts'

const counted = countedIn('en')

export const enSearch = {
  field: 'Search all data',
  placeholder: 'Words, “a phrase”, begin*, @property:text',
  try: 'Try',
  examples: [
    { text: 'nord*', says: 'begins with' },
    { text: '"ada lovelace"', says: 'these words together' },
    { text: 'ada + oslo', says: 'both' },
    { text: 'ada -oslo', says: 'not' },
    { text: 'lovlace~1', says: 'up to one letter wrong' },
    { text: '@email:ada*', says: 'in a property' },
    { text: '@amount>1000', says: 'larger' },
    { text: '-@email', says: 'without the property' },
  ],
  lists: 'Narrow the search',
  list: {
    datasets: 'Datasets',
    systems: 'Systems',
    types: 'Types',
    namespaces: 'Namespaces',
    properties: 'Properties',
  },
  hits: 'What was found',
  withDeleted: 'deleted and filtered-out entities, too',
  ready: 'All datasets',
  start: 'What are you looking for?',
  startSays:
    'A name, a number, an identifier: whatever stands in any property of any entity. Hits of global datasets come first, with the words marked and the property that they are in.',
  total: (n: number) => counted(n, 'hit', 'hits'),
  inDatasets: (n: number) => `in ${counted(n, 'dataset', 'datasets')}, latest version of each entity`,
  took: (milliseconds: number, searched: string) => `${milliseconds} ms over ${searched} entities`,
  failed: (why: string) => `The search failed: ${why}`,
  nothing: 'Nothing was found',
  nothingSays:
    'Words are found whole: add a * to find what begins with them, or ~1 where a letter may be wrong. Words side by side find entities with any of them.',
  clearPicks: 'Search all datasets again',
  emptySays: 'Datasets are filled when pipes run. Run the project, then search everything that it holds.',
  more: (n: number) => `Show more (${count(n)} left)`,
  moreNames: (n: number) => `${count(n)} more`,
  moreHere: (n: number) => `${counted(n, 'more hit', 'more hits')} in this dataset, further down or not shown yet`,
  asTable: 'Open as a table',
  merged: (n: number) => `${count(n)} merged`,
  clear: 'Clear the search',
  saved: 'Saved',
  savedSearches: 'Saved searches',
  everything: 'everything',
  index: 'Index',
  indexing: (indexed: number, entities: number) => `Indexing: ${count(indexed)} of ${count(entities)}`,
  indexSays: (entities: string, size: string) =>
    `${entities} entities can be found. The index, with the columns of large datasets for their profiles, takes ${size}. Datasets that are switched off take no space.`,
  notSearched: 'not searched',
  size: bytesIn('en'),
}
