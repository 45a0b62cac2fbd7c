/** `connector …`: works on a connector's folder as Sesam's client does: makes, expands, collapses and checks it. */
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { notUtf8 } from '../../config/project/own-files.ts'
import { collapseConnector } from '../../extensions/collapse.ts'
import { expandedExamples } from '../../extensions/examples.ts'
import { defaultSystem, expandConnector } from '../../extensions/expand.ts'
import { type ConnectorFiles, manifestFile } from '../../extensions/manifest.ts'
import { addDatatype, isSignIn, newConnector, signInNames } from '../../extensions/scaffold.ts'
import { draftOf, listedDatatypes } from '../../extensions/studio/draft.ts'
import { connectorOfDraft } from '../../extensions/studio/make.ts'
import { validateConnector } from '../../extensions/validate.ts'
import { Fault, type Problem, problem, reasonOf } from '../../problem.ts'
import { problemText } from '../problem-text.ts'
import { command, type ExitCode, type Io, jsonOption } from './define.ts'
import { UsageError } from './usage-error.ts'
import { writeFiles } from './write-folder.ts'

/** Where the expanded files are, inside the connector. */
const expandedFolder = '.expanded'

/** Files of more bytes belong to no connector. */
const MAX_FILE_BYTES = 10_000_000

const tooLarge = problem<{ file: string; megabytes: number }>({
  code: 'connector-file-too-large',
  severity: 'error',
  says: ({ file, megabytes }) => `${file} is larger than ${megabytes} MB, the limit for a file of a connector.`,
  fix: () => 'Move the file out of the connector.',
})

interface ConnectorOptions {
  readonly folder: string
  readonly system: string
  readonly profile: string
  readonly signIn: string
  readonly datatypes: readonly string[]
  readonly share: boolean
  /** Whether the example answers of the connector become test data of what is expanded. */
  readonly examples: boolean
  /** A file that describes the service. */
  readonly description: string | null
}

/** What a connector's folder is called, as Sesam's client asks for. */
const connectorFolderName = /^(.+)-connector$/

/** The actions by name; each gives the problems that it found. */
const actions: Readonly<Record<string, (options: ConnectorOptions) => Promise<readonly Problem[]>>> = {
  init: async ({ folder, signIn, description, datatypes, share }) => {
    const title = connectorFolderName.exec(basename(resolve(folder)))?.[1]
    if (title === undefined)
      throw new UsageError(`The name of ${folder} does not end in "-connector". Name the folder NAME-connector.`)
    if (!isSignIn(signIn)) throw new UsageError(`--auth ${signIn} is not one of ${signInNames.join(', ')}.`)
    const manifest = join(folder, manifestFile)
    if (await stat(manifest).catch(() => null)) throw new UsageError(`${manifest} already exists.`)
    const designed = description === null ? null : await fromDescription(description, datatypes, share)
    await mkdir(folder, { recursive: true })
    await writeInto(folder, designed?.files ?? newConnector(title, signIn))
    return designed?.problems ?? []
  },
  'add-datatype': async ({ folder, datatypes, share }) => {
    if (datatypes.length === 0) throw new UsageError('--datatype NAME is needed.')
    let files = await connectorFiles(folder)
    for (const datatype of datatypes) {
      const changed = addDatatype(files, datatype, share)
      files = { ...files, ...changed }
      await writeInto(folder, changed)
    }
    return []
  },
  expand: async ({ folder, system, profile, examples }) => {
    const own = await connectorFiles(folder)
    const files = expandConnector(own, { system, profile })
    const data = examples ? expandedExamples(own, system, files) : {}
    await replaceFolder(join(folder, expandedFolder), folder, { ...files, ...data })
    return []
  },
  collapse: async ({ folder, system }) => {
    const expanded = await readTexts(join(folder, expandedFolder))
    const files = collapseConnector(await connectorFiles(folder), expanded, system)
    await writeInto(folder, files)
    return []
  },
  validate: async ({ folder, system }) => validateConnector(await connectorFiles(folder), system),
}

export const connectorCommand = command({
  name: 'connector',
  says: 'Makes a connector, expands it into systems and pipes, collapses them into templates again, and checks it.',
  actions: Object.keys(actions),
  argument: 'DIR',
  options: {
    system: { value: 'NAME', says: `The name of the system when expanded; ${defaultSystem} by default.` },
    profile: { value: 'NAME', says: 'Writes the variables to NAME-env.json instead of test-env.json.' },
    auth: { value: 'METHOD', says: `init: how the connector signs in: ${signInNames.join(', ')}; api_key by default.` },
    openapi: {
      value: 'FILE',
      says: 'init: makes the connector from an OpenAPI file (JSON or YAML), a HAR file or an example answer of the service.',
    },
    datatype: {
      value: 'NAME',
      times: 'many',
      says: 'add-datatype: the datatypes to add; init --openapi: those to include, by default all that can be listed.',
    },
    share: { says: 'add-datatype, init --openapi: the datatypes also get pipes that write to the service.' },
    examples: { says: 'expand: the example answers of the connector become test data, so that the result runs.' },
    json: jsonOption,
  },
  run: async (given, io) => {
    const folder = given.argument
    const action = actions[given.action]
    const isNew = given.action === 'init'
    if (!isNew && !(await stat(folder).catch(() => null))?.isDirectory())
      throw new UsageError(`There is no folder ${folder}.`)
    const options: ConnectorOptions = {
      folder,
      system: given.one('system') ?? defaultSystem,
      profile: given.one('profile') ?? 'test',
      signIn: given.one('auth') ?? 'api_key',
      datatypes: given.many('datatype'),
      share: given.has('share'),
      examples: given.has('examples'),
      description: given.one('openapi') ?? null,
    }
    try {
      return report((await action?.(options)) ?? [], given.has('json'), io)
    } catch (error) {
      if (error instanceof Fault) return report([error.problem], given.has('json'), io)
      throw error
    }
  },
})

/** The files of a connector to the service that a file describes. Without names, all that can be listed are its datatypes. */
async function fromDescription(file: string, names: readonly string[], share: boolean) {
  const text = await readFile(file, 'utf8').catch((error) => {
    throw new UsageError(`${file} cannot be read: ${reasonOf(error)}`)
  })
  const draft = draftOf(text)
  const known = draft.datatypes.map(({ name }) => name)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined) throw new UsageError(`${file} has no datatype ${unknown}; it has ${known.join(', ')}.`)
  const chosen = names.length > 0 ? names : listedDatatypes(draft)
  const datatypes = draft.datatypes.map((each) => ({ ...each, isOn: chosen.includes(each.name), writes: share }))
  return { files: connectorOfDraft({ ...draft, datatypes }), problems: draft.problems }
}

function report(problems: readonly Problem[], json: boolean, io: Io): ExitCode {
  if (json) io.out(`${JSON.stringify({ problems }, null, 2)}\n`)
  else for (const each of problems) io.say(`${each.severity}: ${problemText(each)}`)
  return problems.some(({ severity }) => severity === 'error') ? 1 : 0
}

/** The texts of a connector: everything but what is expanded from it, and hidden files. */
async function connectorFiles(folder: string): Promise<ConnectorFiles> {
  const files = await readTexts(folder)
  if (!Object.hasOwn(files, manifestFile)) throw new UsageError(`There is no ${manifestFile} in ${folder}.`)
  return files
}

/** Every file counts: one that cannot be read would be missing from what is made of them. */
async function readTexts(folder: string): Promise<ConnectorFiles> {
  const files: Record<string, string> = Object.create(null)
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
      .slice(join(folder, 'x').length - 1)
      .replaceAll('\\', '/')
    if (!entry.isFile() || !entry.name.endsWith('.json') || /(^|\/)(?:\.|node_modules\/)/.test(path)) continue
    const full = join(folder, path)
    if ((await stat(full)).size > MAX_FILE_BYTES)
      throw new Fault(tooLarge({ file: path, megabytes: MAX_FILE_BYTES / 1_000_000 }, { file: path }))
    files[path] = textOf(await readFile(full), path)
  }
  return files
}

function textOf(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Fault(notUtf8({ file }, { file }))
  }
}

async function writeInto(folder: string, files: ConnectorFiles): Promise<void> {
  await writeFiles(
    folder,
    Object.entries(files).map(([path, content]) => ({ path, content })),
  )
}

/** Puts a folder with these files in the place of another: written beside it first, then renamed. */
async function replaceFolder(folder: string, beside: string, files: ConnectorFiles): Promise<void> {
  const fresh = await mkdtemp(join(beside, `${expandedFolder}-`))
  try {
    await writeInto(fresh, files)
    await chmod(fresh, 0o755)
    await rm(folder, { recursive: true, force: true })
    await rename(fresh, folder)
  } catch (error) {
    await rm(fresh, { recursive: true, force: true })
    throw error
  }
}
