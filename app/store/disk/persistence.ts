/**
 * Whether the browser keeps the projects until a person deletes them. Otherwise it may clear the storage of the site when
 * the disk is nearly full, all at once; the page asks it not to, and shows the answer.
 */
import { create } from 'zustand'

/** `kept`: until a person deletes it. `may-be-cleared`: the browser may. `unknown`: the browser does not say. */
type Persistence = 'kept' | 'may-be-cleared' | 'unknown'

export const usePersistence = create<{ readonly state: Persistence }>(() => ({ state: 'unknown' }))

/** Finds out how the projects are kept now. Once, at the start of the app. */
export async function startPersistence(): Promise<void> {
  await updatePersistence(() => navigator.storage.persisted())
}

/** Asks the browser to keep the projects; some ask the person, others decide by themselves. */
export async function askForPersistence(): Promise<void> {
  await updatePersistence(() => navigator.storage.persist())
}

async function updatePersistence(ask: () => Promise<boolean>): Promise<void> {
  try {
    usePersistence.setState({ state: (await ask()) ? 'kept' : 'may-be-cleared' })
  } catch {
    // An insecure origin or an old browser has no such interface.
    usePersistence.setState({ state: 'unknown' })
  }
}
