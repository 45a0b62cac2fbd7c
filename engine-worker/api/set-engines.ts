/** The number of engines of a project. */
import { capability } from './capability.ts'
import { ENGINES, enginesWithin } from './engines.ts'

/** Sets how many engines the next run of the open project has; says how many it has then. */
export const setEngines = capability('setEngines', 'draft', async (count: number, { host }): Promise<number> => {
  const { store, engines } = host.current()
  if (!engines) return host.platform.engines ?? 1
  const wanted = enginesWithin(count, host.platform)
  await store.commit({ states: [{ key: ENGINES, value: wanted }] })
  engines.setCount(wanted)
  return wanted
})
