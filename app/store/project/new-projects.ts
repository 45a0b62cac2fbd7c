/** Adding projects to this browser: what was imported, one of the samples, or an empty one. */
import {
  emptyProject,
  formatComponent,
  isObject,
  type Project,
  projectOf,
  readConfig,
} from '../../../engine-worker/index.ts'
import { addProject } from './projects.ts'

/** The samples that come with the app; their words are in the catalogue under the same name. */
export const sampleProjects = ['golden-customer', 'orders-with-children', 'composite-pipe'] as const
export type Sample = (typeof sampleProjects)[number]

/** Adds a fresh copy of a sample and gives its id. */
export async function addSample(sample: Sample, name: string): Promise<string> {
  const response = await fetch(`./examples/${sample}.json`)
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`)
  return addProject({ name, profile: 'test', content: sampleProject(await response.text()) }, sample)
}

/** A sample's file: `{"files": {path: configuration}}`. */
export function sampleProject(text: string): Project {
  const json = readConfig(text)
  const files = isObject(json) && isObject(json.files ?? null) ? Object.entries(json.files ?? {}) : []
  return projectOf(files.map(([path, value]) => ({ path, content: formatComponent(value) }))).value
}

/** Adds an empty project and gives its id. */
export function addEmpty(name: string): Promise<string> {
  return addProject({ name, profile: 'test', content: emptyProject }, 'empty')
}

/** Adds what was imported and gives its id. */
export function addImported(name: string, project: Project): Promise<string> {
  const profiles = Object.keys(project.files).flatMap((path) => /(?:^|\/)([^/]+)-env\.json$/.exec(path)?.[1] ?? [])
  const profile = profiles.includes('test') ? 'test' : (profiles[0] ?? 'test')
  return addProject({ name, profile, content: project }, 'import')
}
