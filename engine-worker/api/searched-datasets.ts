/** Which datasets of a project are searched. */
import { datasetWritten } from '../config/project/facts.ts'
import { get } from '../entity/dict.ts'
import type { DatasetStore } from '../storage/store.ts'
import { datasetsOf } from './datasets.ts'
import type { OpenedProject } from './host.ts'

export const SWITCHED_OFF = 'search-off'

export async function datasetsOff(store: DatasetStore): Promise<string[]> {
  const off = await store.state(SWITCHED_OFF)
  return Array.isArray(off) ? off.map(String) : []
}

/** The datasets of pipes and their outputs that are not switched off: those of global pipes first. */
export async function searchedDatasets(opened: OpenedProject): Promise<readonly string[]> {
  const off = new Set(await datasetsOff(opened.store))
  const globals = new Set(
    opened.session.pipes().flatMap(({ effective }) => {
      const isGlobal = get(effective.metadata, 'global') === true
      return isGlobal ? [datasetWritten(effective.sink)] : []
    }),
  )
  const names = (await datasetsOf(opened))
    .filter(({ name, role }) => role === 'output' || (role === 'dataset' && !name.startsWith('system:')))
    .map(({ name }) => name)
    .filter((name) => !off.has(name))
  return [...names.filter((name) => globals.has(name)), ...names.filter((name) => !globals.has(name))]
}
