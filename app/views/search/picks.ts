/** What is picked in the lists beside a search, as a part of its address. */
import type { RequestOf } from '../../../engine-worker/index.ts'

/** The lists. */
export const pickLists = ['datasets', 'systems', 'types', 'namespaces', 'properties'] as const
type PickList = (typeof pickLists)[number]

/** What is picked, and whether deleted entities are found, too. */
export interface Picks {
  readonly lists: Readonly<Record<PickList, readonly string[]>>
  readonly withDeleted: boolean
}

export const noPicks: Picks = {
  lists: { datasets: [], systems: [], types: [], namespaces: [], properties: [] },
  withDeleted: false,
}

/** The part of the address; parts of an address are not empty. */
export function picksText({ lists, withDeleted }: Picks): string {
  const text = new URLSearchParams(pickLists.flatMap((list) => lists[list].map((name) => [list, name])))
  if (withDeleted) text.set('deleted', '1')
  return text.toString() || '-'
}

/** Reads it; what it does not know is left out. */
export function picksOf(text: string | null): Picks {
  const read = new URLSearchParams(text ?? '')
  const [datasets = [], systems = [], types = [], namespaces = [], properties = []] = pickLists.map((list) => [
    ...new Set(read.getAll(list)),
  ])
  return {
    lists: { datasets, systems, types, namespaces, properties },
    withDeleted: read.get('deleted') === '1',
  }
}

/** Picks a name of a list, or no longer. */
export function togglePick(picks: Picks, list: PickList, name: string): Picks {
  const before = picks.lists[list]
  const after = before.includes(name) ? before.filter((each) => each !== name) : [...before, name]
  return { ...picks, lists: { ...picks.lists, [list]: after } }
}

/** As the engine is asked. */
export function searchRequest(query: string, { lists, withDeleted }: Picks, count: number): RequestOf<'search'> {
  return { query, picks: lists, withDeleted, from: 0, count }
}
