/** A server: its store, the configurations in it, and the address at which they are served. */
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { basename, join, resolve } from 'node:path'
import process from 'node:process'
import { version } from '../../../package.json'
import { enginesIn } from '../../api/engines.ts'
import { loadProject } from '../../config/project/project.ts'
import { textAt } from '../../config/project/read.ts'
import { readSchemaModels } from '../../config/project/schema-models.ts'
import { readJson } from '../../entity/json.ts'
import { isObject, type Json } from '../../entity/value.ts'
import type { Environment } from '../../environment.ts'
import { durablePipes } from '../../run/durable-pipes.ts'
import { steady } from '../../storage/clock.ts'
import { limitedStore } from '../../storage/limited.ts'
import { openSegmentStore } from '../../storage/log/segment-store.ts'
import type { DatasetStore } from '../../storage/store.ts'
import { engineFiles } from '../../text/project.ts'
import { layoutFile } from '../../text/project-files.ts'
import { readProject } from '../commands/folder.ts'
import { UsageError } from '../commands/usage-error.ts'
import { threadEngines } from '../engines.ts'
import { staticFiles } from '../static-files.ts'
import { fileSegments } from '../storage/file-segments.ts'
import { accountOf } from './accounts.ts'
import { Audit } from './audit.ts'
import { scheduleBackups } from './backup-schedule.ts'
import { backupFolder, configurationFolder } from './backups.ts'
import { type ConfigItem, itemOf, NodeConfiguration } from './configuration.ts'
import { Health } from './health.ts'
import { Instance } from './instance.ts'
import { limitsOf } from './limits.ts'
import { type ListeningServer, listen } from './listen.ts'
import { keptFile, keptText } from './pushed-project.ts'
import { Revocations, revocationsOf } from './revocations.ts'
import { ServerLog } from './server-log.ts'
import { issueToken } from './token.ts'
import { keptModels } from './uploaded-models.ts'
import { serverKeys } from './vault.ts'

/** Days that a token is valid which somebody got for a password. */
const SIGN_IN_DAYS = 1
const IMPORTED_KEY = 'server/imported'

interface ServerOptions {
  /** Folders of configurations; with none, one empty configuration is served. */
  readonly folders: readonly string[]
  readonly store: string
  readonly port: number
  readonly host: string
  readonly names: readonly string[]
  /** Origins of pages that others serve, which may ask this server. */
  readonly origins: readonly string[]
  /** The folder of the built app; null: none is served. */
  readonly app: string | null
  /** Of each configuration; null: as many as its project says. */
  readonly engines: number | null
  /** Where a second copy of all data is kept up to date; null: nowhere. */
  readonly copy: string | null
  /** Whether a backup is made every day. */
  readonly backups: boolean
  /** Take the folders in again, although the store has configurations of them. */
  readonly imports: boolean
  readonly profile: string
  /** What configurations may have (limits.ts). */
  readonly limits: readonly string[]
  readonly say: (words: string) => void
}

/** A server that runs. */
interface RunningServer {
  readonly port: number
  /** Names of the configurations; '' for the only one. */
  readonly configurations: readonly string[]
  /** Notes an error that nobody has caught: it is said, and every configuration is unhealthy until the next start. */
  readonly broken: (words: string) => void
  /** Stops gracefully: requests are answered, runs end at their next batch, the stores are closed. */
  readonly close: () => Promise<void>
}

/** Opens the store, takes in configurations that are new, and listens. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { store, folders, say } = options
  const keys = await serverKeys(store)
  const instances = new Map<string, Instance>()
  let endBackups: (() => Promise<void>) | null = null
  const close = async (listening: ListeningServer | null, audit: Audit | null) => {
    await endBackups?.()
    await Promise.all([...instances.values()].map((instance) => instance.pumps.stopSchedules()))
    await listening?.close()
    for (const instance of instances.values()) await instance.close()
    audit?.close()
  }
  try {
    for (const [name, folder] of namedFolders(folders)) {
      const instance = await openInstance(name, folder, keys, options)
      instances.set(folders.length > 1 ? name : '', instance)
      if (folder !== null) await importFolder(instance, folder, options)
    }
    const audit = new Audit(join(store, 'audit.log'), say)
    const { port, host, names, origins } = options
    const revocations = new Revocations(store)
    const app = options.app === null ? null : staticFiles(options.app)
    const key = keys.tokens
    const listening = await listen({ port, host, names, origins, app, instances, key, audit, revocations, say })
    for (const instance of instances.values()) {
      instance.pumps.startSchedules()
      instance.notifications.start()
      warnOfMissingCopy(instance, options)
      warnOfBrokenRules(instance)
    }
    if (options.backups) endBackups = scheduleBackups(instances.values(), say)
    const broken = (words: string) => {
      for (const { options } of instances.values()) {
        options.health.broken()
        // The words may be about another configuration.
        options.log.write('CRITICAL', 'A mistake in this program, which goes on; what it prints says more.')
      }
      say(`A mistake in this program, which goes on; start it anew when you can: ${words}`)
    }
    const configurations = [...instances.keys()]
    return { port: listening.port, configurations, broken, close: () => close(listening, audit) }
  } catch (error) {
    await close(null, null)
    throw error
  }
}

/** The configurations by name: the last part of their folder. */
function namedFolders(folders: readonly string[]): readonly (readonly [string, string | null])[] {
  if (folders.length === 0) return [['default', null]]
  const named = folders.map((folder) => [basename(resolve(folder)), folder] as const)
  const twice = named.find(([name], at) => named.findIndex(([other]) => other === name) !== at)
  if (twice) throw new UsageError(`Two folders are named ${twice[0]}; each configuration needs a name of its own.`)
  return named
}

async function openInstance(
  name: string,
  project: string | null,
  keys: Awaited<ReturnType<typeof serverKeys>>,
  options: ServerOptions,
): Promise<Instance> {
  const { store, say, folders, copy } = options
  const limits = limitsOf(options.limits, name)
  const folder = configurationFolder(store, name)
  const copyFolder = copy === null ? null : configurationFolder(copy, name)
  const environment = serverEnvironment()
  const log = new ServerLog()
  log.write('INFO', `Opened by version ${version}.`)
  const whole = await openSegmentStore(fileSegments(folder, { copy: copyFolder }), { project: name, environment })
  const health = new Health()
  const followed = health.following(whole)
  const data = limits.bytes === Infinity ? followed : limitedStore(followed, limits.bytes, Date.now)
  const wanted = options.engines ?? (await enginesOfProject(whole, project))
  const engines = Math.max(1, Math.min(wanted, limits.engines))
  const pool = await threadEngines(engines)
  return Instance.open({
    name,
    folder,
    backups: backupFolder(store, name),
    copy: copyFolder,
    isBackedUp: options.backups,
    version,
    store: data,
    health,
    key: keys.secrets,
    signIn: async (user, password) => {
      const account = await accountOf(store, user, password)
      // What a token says of its configuration is the name in the path.
      const here = folders.length > 1 ? name : ''
      if (!account || (account.configuration !== null && account.configuration !== name)) return null
      const revocations = await revocationsOf(store, user)
      const request = { ...account, configuration: here, days: SIGN_IN_DAYS, revocations }
      return issueToken(keys.tokens, request, Date.now())
    },
    environment,
    fetch: globalThis.fetch,
    engines,
    limits,
    pool,
    log,
    say: (words) => {
      log.write('WARNING', words)
      say(`${name}: ${words}`)
    },
  })
}

/** What the project in the store says, or in its folder where it is not in the store yet; no more than the machine has. */
async function enginesOfProject(store: DatasetStore, folder: string | null): Promise<number> {
  const kept = await keptText(store, layoutFile)
  const isNew = folder !== null && (await store.state(IMPORTED_KEY)) === undefined
  const text = isNew ? await readFile(join(folder, layoutFile), 'utf8').catch(() => null) : kept
  return text === null ? 1 : enginesIn({ [layoutFile]: text }, availableParallelism())
}

/** Rules that cannot be read send no notifications. */
function warnOfBrokenRules({ notifications, options }: Instance): void {
  for (const { message } of notifications.rules().problems) options.say(message)
}

/** Durable pipes want their data in two places (features/durable-data.rst). */
function warnOfMissingCopy(instance: Instance, { copy, say }: ServerOptions): void {
  const durable = durablePipes(instance.session.project)
  if (durable.length === 0 || copy !== null) return
  const names = durable.join(', ')
  say(`${instance.options.name}: durable pipes are kept in one place only (${names}); --copy DIR keeps a second one.`)
}

/** The clock and the randomness of this machine; pauses are waited for. */
function serverEnvironment(): Environment {
  return {
    now: steady(() => BigInt(Date.now()) * 1_000_000n, process.hrtime.bigint),
    wall: Date.now,
    random: Math.random,
    randomBytes: (length) => new Uint8Array(randomBytes(length)),
  }
}

/** Takes the configuration of a folder into an instance that has none yet. */
async function importFolder(
  instance: Instance,
  folder: string,
  { imports, profile, say }: ServerOptions,
): Promise<void> {
  if (!imports && (await instance.store.state(IMPORTED_KEY)) !== undefined) {
    say(`${instance.options.name}: the configuration in the store counts; --import takes ${folder} in again.`)
    return
  }
  const { project: imported } = await readProject(folder)
  const files = engineFiles(imported)
  const project = loadProject(files)
  const hasPlaceholders = files['.jinja_vars'] !== undefined
  const components = [...project.systems.values(), ...project.pipes.values()]
  const items = [...(project.metadata ? [project.metadata] : []), ...components].flatMap(
    ({ config, file, index }): ConfigItem[] => {
      const text = index === null && !hasPlaceholders ? (textAt(files, file) ?? null) : null
      const item = itemOf({ json: config, text }, null, null)
      return typeof item === 'string' ? [] : [item]
    },
  )
  const variables = variablesIn(textAt(files, `${profile}-env.json`))
  if (variables) await instance.setVariables(variables)
  const states = [
    ...Object.entries(files).flatMap(([path, content]) =>
      isBesideConfiguration(path) ? [keptFile(path, content)] : [],
    ),
    ...keptModels(readSchemaModels(project.schemaModels).models),
  ]
  const { errors } = await instance.deploy(NodeConfiguration.empty.with(items), items, true, { states })
  for (const error of errors) say(`${instance.options.name}: ${JSON.stringify(error['config-errors'])}`)
  await instance.commitStates([{ key: IMPORTED_KEY, value: true }])
}

/** Files that a project has besides what is deployed: a page that opens it from here has them too. Hidden files stay away. */
function isBesideConfiguration(path: string): boolean {
  if (path === layoutFile) return true
  return /^(expected|testdata)\//.test(path) || (/^[^./][^/]*\.json$/.test(path) && !/(-env|\.conf)\.json$/.test(path))
}

function variablesIn(text: string | undefined): { readonly [name: string]: Json } | null {
  const json = text === undefined ? null : readJson(text.replace(/^\uFEFF/, ''))
  return isObject(json) ? json : null
}
