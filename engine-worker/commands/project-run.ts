/** A project in a folder, run over a store in memory: what `run` and `test` have in common. */
import { randomBytes } from 'node:crypto'
import { memoryStore } from '../datasets/memory.ts'
import type { Surroundings } from '../datasets/store.ts'
import { openPipes } from '../pipe/open.ts'
import { loadProject, type Project } from '../pipe/project.ts'
import { Runner } from '../run/run.ts'
import type { OpenProject } from '../testing/outputs.ts'
import { engineFiles } from '../text/project.ts'
import { readProject } from './folder.ts'

/** The clock and the randomness of this machine. */
export const machine: Surroundings = {
  now: () => BigInt(Date.now()) * 1_000_000n,
  random: Math.random,
  randomBytes: (length) => new Uint8Array(randomBytes(length)),
}

/** Reads a folder: the project, its files, and what went wrong besides the project's own problems. */
export async function openFiles(
  folder: string,
  keep: (file: string) => boolean = () => true,
): Promise<Pick<OpenProject, 'project' | 'files' | 'problems'>> {
  const { project: imported, problems } = await readProject(folder)
  const all = engineFiles(imported)
  const files = Object.fromEntries(Object.entries(all).filter(([path]) => !path.endsWith('.conf.json') || keep(path)))
  const project = loadProject(files)
  const known = new Set(project.problems.map(({ where }) => where.file))
  return {
    project,
    files,
    problems: problems.filter(({ where }) => where.file === undefined || !known.has(where.file)),
  }
}

/** Reads a folder and makes its pipes ready. `keep` chooses the configuration files that count. */
export async function openProject(folder: string, keep?: (file: string) => boolean): Promise<OpenProject> {
  const { project, files, problems } = await openFiles(folder, keep)
  const pipes = openPipes(project, {
    files,
    supplied: (pipe) => suppliedFor(project, pipe),
    network: false,
    secret: (name) => project.secrets.get(name) ?? null,
  })
  const own = pipes.flatMap(({ effective }) => effective.problems)
  return {
    project,
    pipes,
    files,
    problems: [...project.problems, ...problems, ...own],
    runner: new Runner({ store: memoryStore(machine), surroundings: machine, fetch: null }),
  }
}

function suppliedFor(project: Project, pipe: string) {
  const data = project.testdata.get(pipe)
  return data ? { name: data.file, text: data.text } : null
}
