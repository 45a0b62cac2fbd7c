/** A project that is open in the page's stores, with the engine behind them. */
import { followProject, syncWorker } from '../../app/store/engine/open-project.ts'
import { showProject } from '../../app/store/project/project.ts'
import { type Project, projectOf } from '../../engine-worker/index.ts'
import { pageWithWorkers } from './local-worker.ts'

let projects = 0

/** Prepares the page; once in a file of tests. */
export function preparePage(): void {
  pageWithWorkers()
  followProject()
}

/** Opens pipes as a project of their own; resolves when the engine has it. Gives its id and its content. */
export async function openInPage(
  ...pipes: readonly { readonly _id: string }[]
): Promise<{ id: string; content: Project }> {
  const files = pipes.map((pipe) => ({ path: `pipes/${pipe._id}.conf.json`, content: JSON.stringify(pipe) }))
  const content = projectOf(files).value
  const id = `page ${++projects}`
  showProject(id, { name: id, profile: 'test', content }, content, false)
  await syncWorker()
  return { id, content }
}
