/**
 * The engine as the page sees it (protocol.ts), over a session and a store. It knows nothing of workers: worker.ts gives
 * it what the platform has, and tests run it on a store in memory.
 */

import { type Lineage, type LineageProject, lineageOf, propertiesOf } from '../analysis/lineage.ts'
import type { Catalogue } from '../connectors/catalogue.ts'
import { checkProject } from '../connectors/check.ts'
import { allKinds } from '../connectors/declared.ts'
import { effectivePipe, type Part } from '../connectors/effective.ts'
import { datasetWritten, type PipeFacts, pipeFacts } from '../connectors/facts.ts'
import { hostsNamed } from '../connectors/hosts.ts'
import type { HostPermission } from '../connectors/network-permission.ts'
import type { Supplied } from '../connectors/open-context.ts'
import type { FileContents } from '../connectors/read.ts'
import '../connectors/kinds.ts'
import type { RunnablePipe } from '../connectors/runtime.ts'
import { type KeyColumn, type TableKeys, tableKeys, withKeyColumn } from '../connectors/table-key.ts'
import { NO_NAMESPACES } from '../dtl/compile/compile.ts'
import type { Namespaces } from '../dtl/evaluation.ts'
import { functions, functionTable } from '../dtl/registry.ts'
import { get } from '../entity/dict.ts'
import { printJson } from '../entity/json.ts'
import { printEntity, printValue, readEntity, readValue } from '../entity/transit.ts'
import { isDict, type Json } from '../entity/value.ts'
import { Fault, type Problem, problem } from '../problem.ts'
import type {
  DatasetSummary,
  Engine,
  FileOfEntities,
  OpenRequest,
  ReceiveProgress,
  TableKeysRequest,
  UpdateRequest,
} from '../protocol.ts'
import { inboxOwner, isInboxStaging, type Received, type ReceiveOptions } from '../run/inbox.ts'
import type { RunEvent, RunRequest, RunResult } from '../run/progress.ts'
import { outputDataset } from '../run/pump/outside-writer.ts'
import { type PipeQueue, queueOf } from '../run/queues.ts'
import { Session } from '../run/session.ts'
import type { EntityPlace } from '../run/sources/item.ts'
import { sourceCopy } from '../run/sources/outside.ts'
import type { DatasetInfo, DatasetStore, Surroundings } from '../storage/store.ts'
import { effectOf } from './effect.ts'
import { type ExampleResult, runExample } from './example.ts'
import { type Overlap, type OverlapRequest, overlaps } from './key-matches.ts'
import { typedValue } from './parse-input.ts'
import { type Preview, type PreviewRequest, preview } from './preview.ts'
import { type Provenance, provenanceOf } from './provenance.ts'
import { expressionsFor } from './synthesis.ts'
import { expect, runTests } from './tests.ts'
import { type Rows, type RowsRequest, Windows } from './windows.ts'

const notOpen = problem<Record<string, never>>({
  code: 'no-project-open',
  severity: 'error',
  says: () => 'No project is open in the engine.',
})

/** What a platform gives the engine. */
interface Platform {
  readonly surroundings: Surroundings
  readonly fetch: typeof globalThis.fetch | null
  /** Resolves when the platform can tell that the engine has ended, where it can. */
  readonly alive?: () => Promise<void>
  /** Takes what decides about the servers that `fetch` may ask, where the platform asks. */
  readonly setPermission?: (decide: HostPermission) => void
  /** The datasets of a project. */
  openStore(project: string): Promise<DatasetStore>
  /** Removes the datasets of a project. */
  deleteStore(project: string): Promise<void>
}

interface Opened {
  readonly project: string
  readonly session: Session
  readonly store: DatasetStore
  readonly windows: Windows
  /** Files whose taking-in was interrupted before the project was opened. */
  readonly interrupted: readonly Problem[]
}

const suppliedPrefix = 'supplied/'
/** A CSV source without any settings. */
const plainCsv: Part = { type: 'csv', config: { type: 'csv' }, path: ['source'] }
/** Texts longer than this are not kept as one. */
const LARGE = 1_000_000

/** An engine on a platform. */
export class PageEngine implements Engine {
  private opened: Opened | null = null
  private readonly runs = new Set<Promise<unknown>>()

  constructor(private readonly platform: Platform) {}

  async open(request: OpenRequest): ReturnType<Engine['open']> {
    const session = await this.load(request)
    return { problems: problemsOf(session), interrupted: this.here().interrupted }
  }

  private async load({ project, files, profile, secrets }: OpenRequest): Promise<Session> {
    const options = { ...(profile === undefined ? {} : { profile }), ...(secrets ? { secrets } : {}) }
    if (this.opened?.project !== project) {
      await this.close()
      const { surroundings, fetch } = this.platform
      const store = await this.platform.openStore(project)
      const session = new Session({ store, surroundings, fetch, followConfiguration: true })
      for (const [pipe, supplied] of await givenOf(store)) session.supply(pipe, supplied)
      const interrupted = await session.discardInterrupted()
      await session.renameFormerLogs()
      for (const { name } of await store.list()) {
        const pipe = inboxOwner(name)
        if (pipe !== null) session.setInbox(pipe, true)
      }
      this.opened = { project, session, store, windows: new Windows(store), interrupted }
    }
    const { session } = this.here()
    session.open(files, options)
    return session
  }

  async update({ files }: UpdateRequest): Promise<{ readonly problems: readonly Problem[] }> {
    const { session } = this.here()
    session.update(files)
    return { problems: problemsOf(session) }
  }

  async facts(): Promise<readonly PipeFacts[]> {
    const { session } = this.here()
    return session.pipes().map(factsOf)
  }

  async ping(): Promise<void> {
    await this.platform.alive?.()
  }

  async hosts(): ReturnType<Engine['hosts']> {
    return hostsNamed(this.here().session.project)
  }

  async permit(decide: HostPermission): Promise<void> {
    this.platform.setPermission?.(decide)
  }

  async queues(): Promise<Readonly<Record<string, PipeQueue>>> {
    const { store } = this.here()
    const facts = await this.facts()
    const queues = await Promise.all(facts.map(async (fact) => [fact.pipe, await queueOf(store, fact)] as const))
    return Object.fromEntries(queues)
  }

  async run(request: RunRequest, progress: (event: RunEvent) => void): Promise<RunResult> {
    const running = this.here().session.run(request, progress)
    this.runs.add(running)
    try {
      return await running
    } finally {
      this.runs.delete(running)
    }
  }

  async runDue(run: string, progress: (event: RunEvent) => void): Promise<RunResult | null> {
    const running = this.here().session.runDue(run, progress)
    this.runs.add(running)
    try {
      return await running
    } finally {
      this.runs.delete(running)
    }
  }

  async resetBreaker({ pipe, how }: { readonly pipe: string; readonly how: 'commit' | 'rollback' }): Promise<void> {
    await this.here().session.resetBreaker(pipe, how)
  }

  async cancel(run: string): Promise<void> {
    this.opened?.session.cancel(run)
  }

  async datasets(): Promise<readonly DatasetSummary[]> {
    const { session, store } = this.here()
    const producers = new Map<string, string>()
    for (const { effective } of session.pipes()) {
      const writes = datasetWritten(effective.sink)
      producers.set(outputDataset(effective.id), effective.id)
      producers.set(sourceCopy(effective.id), effective.id)
      if (writes !== null) producers.set(writes, effective.id)
    }
    const shown = (await store.list()).filter(({ name }) => !isInboxStaging(name))
    return shown.map((info) => summary(info, producers.get(info.name) ?? null))
  }

  rows(request: RowsRequest): Promise<Rows> {
    return this.here().windows.rows(request)
  }

  preview(request: PreviewRequest): Promise<Preview> {
    return preview(this.here().session, request, this.platform.surroundings)
  }

  async overlaps(request: OverlapRequest): Promise<readonly Overlap[]> {
    return overlaps(this.here().store, this.namespacesOf(request.pipe), request)
  }

  async byExample({
    pipe,
    source,
    target,
    wanted,
  }: Parameters<Engine['byExample']>[0]): ReturnType<Engine['byExample']> {
    const found = expressionsFor(
      {
        source: readEntity(source),
        target: target === null ? null : readValue(target),
        text: wanted,
        value: typedValue(wanted),
      },
      this.platform.surroundings,
      this.namespacesOf(pipe),
    )
    return found.map(({ expression, gives }) => ({ expression: printJson(expression), gives: printValue(gives) }))
  }

  private namespacesOf(pipe: string): Namespaces {
    const { session } = this.here()
    const component = session.component(pipe)
    return component ? effectivePipe(session.project, component).namespaces : NO_NAMESPACES
  }

  properties(dataset: string): Promise<readonly string[]> {
    return propertiesOf(this.studied(), dataset)
  }

  provenance(place: EntityPlace): Promise<Provenance> {
    return provenanceOf(this.here().session, place, this.platform.surroundings)
  }

  lineage({ dataset, property }: { readonly dataset: string; readonly property: string }): Promise<Lineage> {
    return lineageOf(this.studied(), dataset, property)
  }

  private studied(): LineageProject {
    const { session, windows } = this.here()
    const pipes = session.pipes().map(({ effective }) => effective)
    return { pipes, columns: (dataset) => windows.columns(dataset) }
  }

  async supply({
    pipe,
    name,
    text,
    append = false,
  }: {
    readonly pipe: string
    readonly name: string
    readonly text: string
    readonly append?: boolean
  }): Promise<{ readonly entities: number; readonly problems: readonly Problem[] }> {
    const { session, store } = this.here()
    const isLarge = text.length > LARGE && /\.(ndjson|jsonl)$/i.test(name)
    if (isLarge || (append && session.hasInbox(pipe))) return this.take(pipe, [text], { append, file: name })
    const before = append ? suppliedOf(await store.state(suppliedPrefix + pipe)) : null
    const supplied = { name, text: before ? `${before.text.trimEnd()}\n${text}` : text }
    await session.replaceInbox(pipe, supplied, [{ key: suppliedPrefix + pipe, value: { ...supplied } }])
    const component = session.component(pipe)
    if (!component) return { entities: 0, problems: [] }
    const seen = await preview(
      session,
      { pipe: printJson({ ...component.config, transform: [] }), limit: 1_000_000 },
      this.platform.surroundings,
    )
    return { entities: seen.stages[0]?.total ?? 0, problems: [...seen.problems, ...(seen.stages[0]?.problems ?? [])] }
  }

  async tableKeys({ pipe, text }: TableKeysRequest): Promise<TableKeys | null> {
    const found = await this.suppliedTable(pipe)
    if (text !== undefined) return tableKeys(text, found?.part ?? plainCsv)
    return found && tableKeys(found.supplied.text, found.part)
  }

  async addKeyColumn({ pipe, how }: { readonly pipe: string; readonly how: KeyColumn }): Promise<string | null> {
    const found = await this.suppliedTable(pipe)
    if (!found) return null
    const { text, column } = withKeyColumn(found.supplied.text, found.part, how)
    await this.supply({ pipe, name: found.supplied.name, text })
    return column
  }

  /** What was supplied for a pipe with a CSV source; null for others. */
  private async suppliedTable(pipe: string): Promise<{ readonly supplied: Supplied; readonly part: Part } | null> {
    const { session, store } = this.here()
    const supplied = suppliedOf(await store.state(suppliedPrefix + pipe))
    const part = session.pipes().find(({ id }) => id === pipe)?.effective.source
    return supplied && part?.type === 'csv' ? { supplied, part } : null
  }

  async push({ pipe, text, request }: Parameters<Engine['push']>[0]): Promise<Received> {
    const { session, store } = this.here()
    const refused = await session.refusal(pipe, { url: '', params: {}, headers: {}, body: text, ...request })
    if (refused) return { entities: 0, problems: [refused], skipped: 0 }
    const given = session.hasInbox(pipe) ? null : suppliedOf(await store.state(suppliedPrefix + pipe))
    // What was supplied as one text before comes first.
    if (given) await this.take(pipe, [given.text], { append: false, file: given.name })
    return this.take(pipe, [text], { append: true, file: 'pushed.json' })
  }

  receive(
    { pipe, name, file }: { readonly pipe: string; readonly name: string; readonly file: FileOfEntities },
    progress: (progress: ReceiveProgress) => void,
  ): Promise<Received> {
    let bytes = 0
    const told = (entities: number) => progress({ share: file.size === 0 ? 1 : bytes / file.size, entities })
    const chunks = textsOf(file, name, (length) => {
      bytes += length
    })
    return this.take(pipe, chunks, { append: false, file: name, progress: told })
  }

  /** Many entities are kept as a dataset instead of as a text. */
  private async take(
    pipe: string,
    chunks: AsyncIterable<string> | Iterable<string>,
    options: ReceiveOptions,
  ): Promise<Received> {
    try {
      const states = [{ key: suppliedPrefix + pipe, value: null }]
      return await this.here().session.receive(pipe, chunks, { ...options, states })
    } catch (error) {
      if (error instanceof Fault) return { entities: 0, problems: [error.problem], skipped: 0 }
      throw error
    }
  }

  async versions({ dataset, id }: { readonly dataset: string; readonly id: string }): Promise<readonly string[]> {
    return (await this.here().store.versions(dataset, id)).map(printEntity)
  }

  async reset({ datasets }: { readonly datasets?: readonly string[] }): Promise<void> {
    const { session } = this.here()
    await Promise.allSettled(this.runs)
    const all = await this.datasets()
    // What a person supplied is not a result, so it stays when everything else goes.
    const chosen = all.filter(({ name }) => (datasets ? datasets.includes(name) : inboxOwner(name) === null))
    const pipes = new Set(chosen.flatMap(({ producer }) => (producer === null ? [] : [producer])))
    await session.runner.empty(
      chosen.map(({ name }) => name),
      [...pipes],
    )
  }

  async destroy(project: string): Promise<void> {
    if (this.opened?.project === project) await this.close()
    await this.platform.deleteStore(project)
  }

  async catalogue(): Promise<Catalogue> {
    // Only data crosses the wall: what a function does stays here.
    const declared = functions.map(({ run: _run, compile: _compile, ...declaration }) => declaration)
    return { functions: declared, kinds: allKinds() }
  }

  example(request: { readonly function: string; readonly example: number }): Promise<ExampleResult> {
    return runExample(request.function, request.example, this.platform.surroundings)
  }

  async tests(): ReturnType<Engine['tests']> {
    const { session, store } = this.here()
    return runTests(session, await givenOf(store), this.platform.surroundings)
  }

  async effect(before: FileContents): ReturnType<Engine['effect']> {
    const { session, store } = this.here()
    return effectOf(session, before, await givenOf(store), this.platform.surroundings)
  }

  async expected(of: 'missing' | readonly string[]): ReturnType<Engine['expected']> {
    const { session, store } = this.here()
    return expect(session, await givenOf(store), this.platform.surroundings, of)
  }

  async supplied(): Promise<readonly { readonly pipe: string; readonly name: string; readonly text: string }[]> {
    const given = await givenOf(this.here().store)
    return [...given].map(([pipe, { name, text }]) => ({ pipe, name, text }))
  }

  private here(): Opened {
    if (!this.opened) throw new Error(notOpen({}).message)
    return this.opened
  }

  private async close(): Promise<void> {
    await Promise.allSettled(this.runs)
    await this.opened?.store.close()
    this.opened = null
  }
}

/** What was supplied for sources, by pipe. */
async function givenOf(store: DatasetStore): Promise<ReadonlyMap<string, Supplied>> {
  const given = new Map<string, Supplied>()
  for await (const { key, value } of store.states(suppliedPrefix)) {
    const supplied = suppliedOf(value)
    if (supplied) given.set(key.slice(suppliedPrefix.length), supplied)
  }
  return given
}

/** Characters that are read at once. */
const CHUNK = 2_000_000

const notUtf8 = problem<{ file: string }>({
  code: 'supplied-not-utf8',
  severity: 'error',
  says: ({ file }) => `${file} is not written in UTF-8, as JSON has to be.`,
  fix: () => 'Save the file as UTF-8 and bring it again.',
})

const unreadable = problem<{ file: string; reason: string }>({
  code: 'supplied-unreadable',
  severity: 'error',
  says: ({ file, reason }) => `${file} could not be read to its end (${reason}). What was there before is unchanged.`,
  fix: () => 'Check that the file is still there and has not been changed, and supply it again.',
})

/** The text of a file in pieces; `read` hears how many bytes each took. */
async function* textsOf(file: FileOfEntities, name: string, read: (bytes: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decoded = (bytes?: Uint8Array): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
    } catch {
      throw new Fault(notUtf8({ file: name }, { file: name }))
    }
  }
  let text = ''
  const reader = file.stream().getReader()
  const next = () =>
    reader.read().catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error)
      throw new Fault(unreadable({ file: name, reason }, { file: name }))
    })
  for (;;) {
    const { done, value } = await next()
    if (value) read(value.length)
    text += decoded(done ? undefined : value)
    if (text.length < CHUNK && !done) continue
    yield text
    if (done) return
    text = ''
  }
}

const facts = new WeakMap<RunnablePipe, PipeFacts>()

/** The facts of a pipe, found out once. */
function factsOf(pipe: RunnablePipe): PipeFacts {
  const known = facts.get(pipe)
  if (known) return known
  const found = pipeFacts(pipe.effective, pipe.needs, functionTable)
  facts.set(pipe, found)
  return found
}

function summary(info: DatasetInfo, producer: string | null): DatasetSummary {
  const { name, live, deleted, versions, lastUpdated, bytes } = info
  const supplied = name.startsWith(sourceCopy('')) || inboxOwner(name) !== null
  const role = name.startsWith(outputDataset('')) ? 'output' : supplied ? 'supplied' : 'dataset'
  return { name, producer, live, deleted, versions, lastUpdated, bytes, role }
}

/** Everything that is wrong with the project: its files, its components by their declarations, its rules. */
function problemsOf(session: Session): readonly Problem[] {
  return checkProject(session.project)
}

function suppliedOf(value: Json | Uint8Array | undefined): Supplied | null {
  if (value === undefined || value instanceof Uint8Array || !isDict(value)) return null
  const name = get(value, 'name')
  const text = get(value, 'text')
  return typeof name === 'string' && typeof text === 'string' ? { name, text } : null
}
