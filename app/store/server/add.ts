/** Projects of servers, in this browser. */
import { addProject } from '../project/projects.ts'
import { pullProject } from './calls.ts'
import { setProjectPlace } from './place.ts'

/** Adds the project of a server to this browser, connected; gives its id. */
export async function addFromServer(address: string, otherwise: string): Promise<string> {
  const { document, revision } = await pullProject(address)
  const id = await addProject({ ...document, name: document.name || otherwise }, 'server')
  await setProjectPlace(id, { address, revision })
  return id
}
