/** Projects as zip files: all files of the project, or the configuration that Sesam takes. */
import { freePath } from './paths.ts'
import { componentText, filesOf, fileText } from './project.ts'
import type { FileEntry, Project } from './project-files.ts'
import { zipOf } from './zip.ts'

/** The project as a zip of all its files. The same project gives the same bytes. */
export function exportZip(project: Project): Uint8Array {
  return zipOf(filesOf(project))
}

/** The folders of microservices (text/microservices.ts), each with what builds its image. */
export function serviceFiles(project: Project, systems: readonly string[]): FileEntry[] {
  const folders = systems.map((system) => `microservices/${system}/`)
  return filesOf(project)
    .map(({ path, content }) => ({ path: path.slice(project.root.length), content }))
    .filter(({ path }) => folders.some((folder) => path.startsWith(folder)))
}

/** The configuration as Sesam takes it: one component a file (sesam-py-contract.md section 2). */
export function deployFiles(project: Project): FileEntry[] {
  const entries = new Map<string, string>()
  const lists: string[] = []
  for (const path of Object.keys(project.frames)) {
    const components = Object.values(project.components).filter(({ file }) => file === path)
    const inside = path.slice(project.root.length)
    const text = fileText(project, path)?.replace(/^\uFEFF/, '') ?? ''
    const placed = /^(pipes|systems)\//.test(inside) || inside === 'node-metadata.conf.json'
    if (components.length === 1 && placed && components[0]?.key === path) entries.set(inside, text)
    else lists.push(path)
  }
  for (const { key, kind, id, file } of Object.values(project.components)) {
    if (lists.includes(file)) entries.set(freePath('', kind, id, entries.keys()), `${componentText(project, key)}\n`)
  }
  return [...entries].map(([path, content]) => ({ path, content }))
}
