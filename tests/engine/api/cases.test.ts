/**
 * The given cases through the page's capabilities: files are read as on import, and the project is opened, run, tested
 * and inspected. The expected results are in the files of each case (`expected/`, `expected-problems.json`, `expect` of
 * a scenario); where there are none, the datasets must equal those of the command line.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { machine } from '../../../engine-worker/node/commands/machine.ts'
import { runCommand } from '../../../engine-worker/node/commands/run.ts'
import { memorySegments } from '../../../engine-worker/storage/log/memory-segments.ts'
import { openSegmentStore } from '../../../engine-worker/storage/log/segment-store.ts'
import { importFiles } from '../../../engine-worker/text/archive.ts'
import { engineFiles } from '../../../engine-worker/text/project.ts'
import { cases, noShared } from '../../shared.ts'
import { call, emptyFolder } from '../../support/command.ts'
import { type TestEngine, testEngine } from '../../support/engine.ts'

const turn2 = join(cases, 'turn2')
const faults = join(cases, 'faults')

/** The files of a case, as the page imports them from a folder or a single file. */
async function filesOf(path: string): Promise<ReturnType<typeof engineFiles>> {
  const isFile = path.endsWith('.json')
  const offered = (isFile ? [path] : filesBelow(path)).map((each) => {
    const content = readFileSync(each)
    return { path: isFile ? basename(each) : relative(path, each), size: content.length, read: async () => content }
  })
  return engineFiles((await importFiles(offered)).project)
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

async function openCase(files: ReturnType<typeof engineFiles>) {
  const environment = machine
  const engine = testEngine({
    environment,
    fetch: null,
    openStore: (project) => openSegmentStore(memorySegments(), { project, environment }),
    deleteStore: async () => undefined,
  })
  const { problems } = await engine.open({ project: 'case', files })
  return { engine, problems }
}

/** The live entities of a dataset by `_id`, without what the store adds. */
async function liveIn(engine: TestEngine, dataset: string): Promise<Record<string, unknown>> {
  const { rows } = await engine.rows({ dataset, from: 0, count: 10_000 })
  return byId(rows.map((row) => JSON.parse(row)))
}

function byId(entities: readonly Record<string, unknown>[]): Record<string, unknown> {
  const live = entities.filter(({ _deleted }) => _deleted !== true)
  return Object.fromEntries(
    live.map(({ _updated, _hash, _previous, _ts, _deleted, ...entity }) => [String(entity._id), entity]),
  )
}

const folders = noShared
  ? []
  : filesBelow(turn2)
      .filter((path) => path.endsWith('.conf.json'))
      .map((path) => path.replace(/\/(pipes|systems)\/[^/]*$/, ''))
const projectFolders = [...new Set(folders)].map((folder) => relative(turn2, folder)).sort()
const configurations = noShared ? [] : readdirSync(faults).filter((name) => name.endsWith('.json'))
/** Cases whose datasets cannot be compared: a list of eval cases, an HTTP server, files that are killed. */
const withoutDatasets = [
  'hostile-eval.json',
  'asks-strangers.json',
  'secret-in-failure.json',
  'share-secrets.json',
  'half-taken-in.json',
]

describe.skipIf(noShared)('cases of real material in the page', () => {
  it.each(projectFolders.filter((folder) => existsSync(join(turn2, folder, 'expected'))))(
    '%s: its tests',
    async (folder) => {
      const { engine, problems } = await openCase(await filesOf(join(turn2, folder)))
      const { tests } = await engine.tests()
      expect(tests.length).toBeGreaterThan(0)
      // Its test data cannot be read, which is a problem of the project.
      if (folder === 'not-utf8/testdata') return expect(problems.map(({ code }) => code)).toContain('file-not-utf8')
      expect(tests.filter(({ status }) => status !== 'passed')).toEqual([])
    },
  )

  it.each(projectFolders)('%s: datasets and states are those of the command line', async (folder) => {
    await sameAsCommandLine(join(turn2, folder))
  })

  it.each(['validation', 'validation-templates'])('%s: its expected problems', async (folder) => {
    const path = join(turn2, folder, 'expected-problems.json')
    const wanted: Record<string, { file: string; codes?: string[] }[]> = JSON.parse(readFileSync(path, 'utf8'))
    const { problems } = await openCase(await filesOf(join(turn2, folder)))
    const inFile = (file: string) => problems.filter(({ where }) => where.file === file).map(({ code }) => code)
    for (const { file, codes = [] } of wanted['must-not-report'] ?? []) {
      expect([file, inFile(file).filter((code) => codes.includes('*') || codes.includes(code))]).toEqual([file, []])
    }
    for (const { file } of wanted['must-report'] ?? []) expect([file, inFile(file)]).not.toEqual([file, []])
  })
})

interface Scenario {
  readonly id: string
  readonly pipes: readonly { readonly _id: string }[]
  readonly systems?: readonly { readonly _id: string }[]
  readonly metadata?: object
  readonly input: Input
  readonly steps?: readonly { readonly put?: Input; readonly run?: 'all' }[]
  readonly expect?: Readonly<Record<string, readonly Record<string, unknown>[]>>
  readonly 'expect-live'?: Readonly<Record<string, readonly Record<string, unknown>[]>>
}
type Input = Readonly<Record<string, readonly { readonly _id: string }[]>>

/** Entities that a scenario puts into a dataset become the source of a pipe that writes it. */
async function playInPage({ pipes, systems = [], metadata, input, steps = [{ run: 'all' }] }: Scenario) {
  const given = new Map<string, Map<string, object>>()
  const putFiles = (entities: Input): Record<string, string> => {
    for (const [_id, some] of Object.entries(entities)) {
      const all = given.get(_id) ?? new Map<string, object>()
      given.set(_id, all)
      for (const entity of some) all.set(entity._id, entity)
    }
    const filling = [...given].map(([_id, entities]) => {
      const source = { type: 'embedded', entities: [...entities.values()] }
      return [`pipes/${_id}.conf.json`, JSON.stringify({ _id, type: 'pipe', source, add_namespaces: false })]
    })
    return Object.fromEntries(filling)
  }
  const files = [
    ...pipes.map((pipe) => [`pipes/${pipe._id}.conf.json`, JSON.stringify(pipe)]),
    ...systems.map((system) => [`systems/${system._id}.conf.json`, JSON.stringify(system)]),
    ...(metadata ? [['node-metadata.conf.json', JSON.stringify({ _id: 'node', type: 'metadata', ...metadata })]] : []),
  ]
  const { engine } = await openCase({ ...Object.fromEntries(files), ...putFiles(input) })
  for (const step of steps) {
    if (step.put) await engine.update({ files: putFiles(step.put) })
    if (step.run) await engine.run({ run: 'all' })
  }
  return engine
}

const scenarios: Scenario[] = noShared ? [] : JSON.parse(readFileSync(join(turn2, 'kept.json'), 'utf8'))

describe.skipIf(noShared)('scenarios in the page', () => {
  it.each(scenarios.map((each) => [each.id, each] as const))('%s', async (_, scenario) => {
    const engine = await playInPage(scenario)
    const wanted = { ...scenario.expect, ...scenario['expect-live'] }
    expect(Object.keys(wanted).length).toBeGreaterThan(0)
    for (const [dataset, entities] of Object.entries(wanted)) {
      expect([dataset, await liveIn(engine, dataset)]).toEqual([dataset, byId(entities)])
    }
  })
})

describe.skipIf(noShared)('hostile configurations in the page', () => {
  it.each(configurations.filter((name) => !withoutDatasets.includes(name)))('%s', async (name) => {
    await sameAsCommandLine(join(faults, name))
  })
})

/** Runs a case in the page and on the command line; datasets and states of pipes must be the same. */
async function sameAsCommandLine(path: string): Promise<void> {
  const { engine } = await openCase(await filesOf(path))
  const ran = await engine.run({ run: 'all' })
  const out = emptyFolder()
  const { out: said } = await call(runCommand, path, '--out', out, '--json')
  const { pipes }: { pipes: { pipe: string; state: string }[] } = JSON.parse(said)
  const states = (list: readonly { pipe: string; state: string }[]) =>
    Object.fromEntries(list.map(({ pipe, state }) => [pipe, state]))
  expect(states(ran.pipes)).toEqual(states(pipes))
  const known = new Set((await engine.datasets()).map((each) => each.name))
  const written = existsSync(join(out, 'datasets')) ? readdirSync(join(out, 'datasets')) : []
  for (const file of written) {
    const name = file.replace(/\.json$/, '')
    // A name that cannot be that of a file is written under another one.
    if (!known.has(name)) continue
    const entities = JSON.parse(readFileSync(join(out, 'datasets', file), 'utf8'))
    expect([name, await liveIn(engine, name)]).toEqual([name, byId(entities)])
  }
}
