/** The search of a dataset, on or off. */
import { capability } from './capability.ts'
import { datasetsOff, SWITCHED_OFF } from './searched-datasets.ts'

/** A dataset, and whether it is searched. */
interface SearchSwitch {
  readonly dataset: string
  readonly on: boolean
}

/** Switches the search of a dataset on or off; the index and the columns of one that is off take no room. */
export const switchSearch = capability('switch-search', 'draft', async ({ dataset, on }: SearchSwitch, { host }) => {
  const { store, search, storedColumns } = host.current()
  const others = (await datasetsOff(store)).filter((name) => name !== dataset)
  await store.commit({ states: [{ key: SWITCHED_OFF, value: on ? others : [...others, dataset] }] })
  if (on) return
  await search.remove(dataset)
  await storedColumns.remove(dataset)
})
