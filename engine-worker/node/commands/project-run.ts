/** A project in a folder, run over a store in memory: what `run` and `test` have in common. */
import { setFlagsFromString } from 'node:v8'
import type { EffectivePipe } from '../../config/project/effective.ts'
import { pipeOfTestData, testDataProblems } from '../../config/project/own-files.ts'
import { type Configuration, loadProject } from '../../config/project/project.ts'
import type { FileContents } from '../../config/project/read.ts'
import { permittedFetch } from '../../connectors/network-permission.ts'
import type { DataFile } from '../../connectors/open-context.ts'
import { isObject, type Json } from '../../entity/value.ts'
import { type Problem, problem } from '../../problem.ts'
import type { EnginePool } from '../../run/engines/pool.ts'
import type { EndedPump } from '../../run/run-options.ts'
import { Session } from '../../run/session.ts'
import { openSegmentStore } from '../../storage/log/segment-store.ts'
import { memoryStore } from '../../storage/memory.ts'
import type { DatasetStore } from '../../storage/store.ts'
import type { CoverageOfPipes } from '../../testing/coverage.ts'
import { type OpenProject, openProjectOf } from '../../testing/outputs.ts'
import { engineFiles } from '../../text/project.ts'
import { nodeSandbox } from '../sandbox.ts'
import { AccountFile } from '../sign-in/account-file.ts'
import { fileSegments, scratchSegments } from '../storage/file-segments.ts'
import { readProject } from './folder.ts'
import { machine } from './machine.ts'
import { UsageError } from './usage-error.ts'

const unknownSecret = problem<{ secret: string }>({
  code: 'secret-stand-in',
  severity: 'hint',
  says: ({ secret }) => `The secret ${secret} is not known here; a stand-in is used instead.`,
})

/** Large files by path or by pipe. */
type DataFiles = ReadonlyMap<string, DataFile>

/** Data files of more bytes are read piece by piece. */
const LARGE_FILE_BYTES = 4_000_000
/** When the data files are larger than this, the datasets are kept on disk while a project runs. */
const MAX_BYTES_IN_MEMORY = 16_000_000

/** When the data files are larger than this, a run saves memory rather than time. */
const LARGE_RUN_BYTES = 100_000_000
/** Entities that are read, transformed or stored at once then. */
const LARGE_RUN_BATCH = 1000

/** Requests that a run may send. */
export interface RunNetwork {
  /** Hosts, with their port where the address has one. */
  readonly hosts: ReadonlySet<string>
  readonly secrets: Readonly<Record<string, string>>
}

/** How a project is opened. */
interface OpenOptions {
  /** Chooses the configuration files that count; all where absent. */
  readonly keep?: ((file: string) => boolean) | undefined
  /** Variables come from `<profile>-env.json`, which must be there. */
  readonly profile?: string | undefined
  readonly coverage?: CoverageOfPipes | undefined
  /** Files for the sources of pipes, in the place of the project's test data. */
  readonly data?: DataFiles
  /** The folder of a store that keeps datasets and positions; without it nothing is kept. */
  readonly store?: string | undefined
  /** Called when a run of a single pipe has ended. */
  readonly ended?: (run: EndedPump) => Promise<void>
  /** Further engines; null for one. */
  readonly engines?: EnginePool | null
  /** Where requests may go, and with what; without it none is sent. */
  readonly network?: RunNetwork | undefined
}

/** Reads a folder: the project, its files, and what went wrong besides the project's own problems. */
export async function openFiles(
  folder: string,
  { keep, profile, network }: OpenOptions = {},
): Promise<Pick<OpenProject, 'project' | 'files' | 'problems'> & { readonly dataFiles: DataFiles }> {
  const { project: imported, problems, large } = await readProject(folder, LARGE_FILE_BYTES)
  const all = engineFiles(imported)
  if (profile !== undefined && all[`${profile}-env.json`] === undefined)
    throw new UsageError(`There is no ${profile}-env.json in ${folder}.`)
  const files = keep ? keptFiles(all, keep) : all
  const secrets = network === undefined ? {} : { secrets: network.secrets }
  const project = loadProject(files, { ...(profile === undefined ? {} : { profile }), ...secrets })
  const known = new Set(project.problems.map(({ where }) => where.file))
  return {
    project,
    files,
    dataFiles: filesInRoot(large, imported.root),
    problems: problems.filter(({ where }) => where.file === undefined || !known.has(where.file)),
  }
}

/** Data files below the configuration's folder, by path relative to it. */
function filesInRoot(large: DataFiles, root: string): DataFiles {
  const inside = [...large].filter(([path]) => path.startsWith(root))
  return new Map(inside.map(([path, file]) => [path.slice(root.length), { ...file, name: path.slice(root.length) }]))
}

/** The files without the configuration that is left out, and without the test data of its pipes. */
function keptFiles(all: FileContents, keep: (file: string) => boolean): FileContents {
  const kept = Object.entries(all).filter(([path]) => !path.endsWith('.conf.json') || keep(path))
  const there = loadProject(Object.fromEntries(kept)).pipes
  const leftOut = new Set([...loadProject(all).pipes.keys()].filter((pipe) => !there.has(pipe)))
  return Object.fromEntries(kept.filter(([path]) => !leftOut.has(pipeOfTestData(path) ?? '')))
}

/** Reads a folder and makes its pipes ready. */
export async function openProject(folder: string, options: OpenOptions = {}): Promise<OpenProject> {
  const { coverage, data, network } = options
  const { project, files, dataFiles, problems } = await openFiles(folder, options)
  const testdata = new Map([...dataFiles].map(([path, file]) => [pipeOfTestData(path), file]))
  const bytes = [...dataFiles.values(), ...(data?.values() ?? [])].reduce((sum, { size }) => sum + size, 0)
  const isLarge = bytes > LARGE_RUN_BYTES
  if (isLarge) collectGarbageOften()
  const session = new Session({
    store: options.store !== undefined ? await folderStore(options.store) : await runStore(bytes),
    // Services want that a pause is waited for.
    environment: network ? { ...machine, pause: waitSeconds } : machine,
    ...(network ? { fetch: permittedFetch(globalThis.fetch, async (host) => network.hosts.has(host)) } : {}),
    // What has changed in the project is run anew; everything else goes on where it stopped.
    followConfiguration: options.store !== undefined,
    ...(isLarge ? { batch: LARGE_RUN_BATCH } : {}),
    ...(options.ended ? { ended: options.ended } : {}),
    ...(options.engines ? { engines: options.engines } : {}),
    inputs: {
      dataFiles,
      sandbox: nodeSandbox,
      supplied: (pipe) => data?.get(pipe) ?? suppliedFor(project, pipe) ?? testdata.get(pipe) ?? null,
      // A stand-in must not be sent.
      ...(network ? { tokens: await AccountFile.of(folder) } : { secret: secretPlaceholder }),
      ...(coverage ? { coverage: coverage.of } : {}),
    },
  })
  session.openLoaded(project, files)
  const unread = testDataProblems(namesOnly(dataFiles), project.pipes.keys())
  const configurationProblems = session
    .openPipes()
    .flatMap(({ effective }) => [...effective.problems, ...missingSecrets(effective, project)])
  return openProjectOf(session, { problems: [...unread, ...problems, ...configurationProblems], coverage })
}

/**
 * Has garbage collected when the heap has grown by a quarter, where V8 lets it grow to several times what is in use: a run
 * over 400,000 entities takes 155 MB instead of 207, and a sixth more of the processor.
 */
function collectGarbageOften(): void {
  setFlagsFromString('--heap-growing-percent=25')
}

/** A store that is gone with the process: on disk for much data, otherwise in memory. */
async function runStore(bytes: number): Promise<DatasetStore> {
  return bytes > MAX_BYTES_IN_MEMORY ? scratchStore() : memoryStore(machine)
}

/** The store of a folder, for this process alone. */
function folderStore(folder: string): Promise<DatasetStore> {
  return openSegmentStore(fileSegments(folder), { project: folder, environment: machine })
}

/** A store for datasets that may be too large for memory; it is gone with the process. */
async function scratchStore(): Promise<DatasetStore> {
  const options = { project: 'this run', environment: machine, cacheBytes: 4_000_000 }
  return openSegmentStore(await scratchSegments(), options)
}

/** The files as if they were empty, for checks that ask for their names. */
function namesOnly(files: DataFiles): FileContents {
  return Object.fromEntries([...files.keys()].map((path) => [path, '']))
}

/**
 * Secrets live in the service only. Here each has a stand-in, so that what one pipe encrypts another can decrypt; there is
 * no network to which it could be sent.
 */
function secretPlaceholder(secret: string): string {
  return `stand-in for the secret ${secret}`
}

function waitSeconds(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.min(1000 * seconds, 2 ** 31 - 1)))
}

function missingSecrets({ id, file, transforms }: EffectivePipe, project: Configuration): Problem[] {
  const names = new Set<string>()
  const collect = (json: Json): void => {
    if (typeof json === 'string') for (const [, name = ''] of json.matchAll(/\$SECRET\(([^)]*)\)/g)) names.add(name)
    else if (Array.isArray(json)) json.forEach(collect)
    else if (isObject(json)) Object.values(json).forEach(collect)
  }
  for (const { config } of transforms) collect(config)
  const missing = [...names].filter((secret) => !project.secrets.has(secret))
  return missing.map((secret) => unknownSecret({ secret }, { pipe: id, file }))
}

function suppliedFor(project: Configuration, pipe: string) {
  const data = project.testdata.get(pipe)
  return data ? { name: data.file, text: data.content } : null
}
