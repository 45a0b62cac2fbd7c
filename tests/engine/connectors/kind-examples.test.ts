/** The example of each kind is what its own code makes of it: sources read, transforms, sinks write, systems are valid. */
import { describe, expect, test } from 'vitest'
import { allKinds } from '../../../engine-worker/config/model/declared.ts'
import type { KindDeclaration } from '../../../engine-worker/config/model/define.ts'
import type { KindExample, SinkExample } from '../../../engine-worker/config/model/kind-example.ts'
import { sqlSystems } from '../../../engine-worker/config/model/system-fields.ts'
import { loadProject } from '../../../engine-worker/config/project/project.ts'
import { checkProject } from '../../../engine-worker/connectors/check.ts'
import '../../../engine-worker/connectors/kinds.ts'
import type { CapturedOutput } from '../../../engine-worker/connectors/runtime.ts'
import { printJson } from '../../../engine-worker/entity/json.ts'
import { decodeTransit, encodeTransit } from '../../../engine-worker/entity/transit.ts'
import { isDict, isObject, type Json, type JsonObject } from '../../../engine-worker/entity/value.ts'
import { nodeSandbox } from '../../../engine-worker/node/sandbox.ts'
import { visible } from '../../../engine-worker/run/scenario.ts'
import { Session } from '../../../engine-worker/run/session.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { embedded, environment, output } from './open.ts'

const kinds = allKinds()
const ofRole = (...roles: readonly string[]) =>
  kinds.filter(({ role }) => roles.includes(role)).map((kind) => [`${kind.role} ${kind.type}`, kind] as const)

/** The files of a project with the pipe and what the example says beside it. */
function filesOf({ example }: KindDeclaration, pipe: JsonObject): Record<string, string> {
  const system = 'system' in example ? example.system : undefined
  const files = { 'p.conf.json': printJson({ _id: 'p', type: 'pipe', ...pipe }) }
  return isObject(system) ? { ...files, 'system.conf.json': printJson(system) } : files
}

/** Answers one request after the other; JSON where the text begins as such. */
function answering(texts: readonly string[]): typeof globalThis.fetch {
  const left = [...texts]
  return async () => {
    const text = left.shift()
    if (text === undefined) return new Response('', { status: 404 })
    const type = /^[[{]/.test(text) ? 'application/json' : 'text/plain'
    return new Response(text, { headers: { 'Content-Type': type } })
  }
}

interface PlayedPipe {
  /** The dataset that it writes, where it has not the name of the pipe. */
  readonly dataset?: string
  readonly kind: KindDeclaration
  readonly pipe: JsonObject
  /** Read by the pipe in the place of what the example has. */
  readonly datasets?: Readonly<Record<string, readonly Json[]>>
  readonly answers?: readonly string[]
  readonly supplied?: { readonly name: string; readonly text: string } | undefined
}

/** Runs a pipe, which has to go well; gives the entities of its dataset, and what it would send as text. */
async function played({ kind, pipe, datasets = {}, answers = [], supplied, dataset = 'p' }: PlayedPipe) {
  const example: KindExample = kind.example
  const store = memoryStore(environment)
  const session = new Session({ store, environment, fetch: answering(answers), inputs: { sandbox: nodeSandbox } })
  const { variables = {} } = 'variables' in example ? example : {}
  session.open(filesOf(kind, pipe), { variables })
  const given = { ...('datasets' in example ? example.datasets : {}), ...datasets }
  for (const [name, entities] of Object.entries(given)) {
    const decoded = entities.map(decodeTransit).filter(isDict)
    await session.runner.store.commit({ datasets: [{ dataset: name, entities: decoded, populated: true }] })
  }
  if (supplied) session.supply('p', supplied)
  const result = await session.run({ run: 'r', full: true, pipes: ['p'] })
  expect(result.pipes.flatMap(({ problems }) => problems.map(({ message }) => message))).toEqual([])
  const entities: Json[] = []
  for await (const batch of store.scan(dataset))
    for (const entity of batch) entities.push(encodeTransit(visible(entity)))
  return entities
}

describe('what a source reads becomes the entities that it gives', () => {
  test.each(ofRole('source'))('%s', async (_, kind) => {
    const { example } = kind
    if (!('gives' in example) || 'takes' in example) throw new Error('this is no example of a source')
    const { reads = [], gives, config } = example
    const [text] = reads
    const supplied =
      kind.runs === 'fetch' || text === undefined ? undefined : { name: /^[[{]/.test(text) ? 'p.json' : 'p.txt', text }
    const entities = await played({ kind, pipe: { source: config }, answers: supplied ? [] : reads, supplied })
    expect(entities).toEqual(gives)
  })
})

describe('what a transform takes becomes the entities that it gives', () => {
  test.each(ofRole('transform'))('%s', async (_, kind) => {
    const { example } = kind
    if (!('gives' in example && 'takes' in example)) throw new Error('this is no example of a transform')
    const { takes, answers = [], gives, config } = example
    const pipe = { source: { type: 'embedded', entities: [...takes] }, transform: config }
    const entities = await played({ kind, pipe, answers })
    expect(entities).toEqual(gives)
  })
})

/** A request, a message or a file as text: method and address, headers, an empty line, the body. */
function printed({ method, url, headers = {}, text }: CapturedOutput): string {
  const first = [method, url].filter((each) => each !== undefined).join(' ')
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const head = [...(first === '' ? [] : [first]), ...lines]
  return head.length === 0 ? text : `${head.join('\n')}\n\n${text}`
}

async function sent({ config, system, variables = {}, takes }: SinkExample): Promise<string[]> {
  const { captured, problems } = await output({
    pipe: { source: embedded(...takes), sink: config },
    systems: isObject(system) ? [system] : [],
    files: { 'test-env.json': printJson(variables) },
  })
  expect(problems).toEqual([])
  return captured.map(printed)
}

describe('what a sink takes is sent or stored', () => {
  test.each(ofRole('sink'))('%s', async (_, kind) => {
    const { example } = kind
    if ('gives' in example || !('takes' in example)) throw new Error('this is no example of a sink')
    const { takes, stores, config } = example
    expect((stores === undefined) === (kind.writesDataset === undefined)).toBe(true)
    if (stores === undefined) {
      const texts = await sent(example)
      expect(texts).toEqual(example.sends)
    } else {
      const pipe = { source: { type: 'dataset', dataset: 'in' }, sink: config }
      const dataset = isObject(config) && typeof config.dataset === 'string' ? config.dataset : 'p'
      expect(await played({ kind, pipe, dataset, datasets: { in: takes } })).toEqual(stores)
    }
  })
})

describe('what is sent to a database has the types of its dialect', () => {
  test.each(ofRole('system').filter(([, { type }]) => sqlSystems.some((each) => each === type)))(
    '%s',
    async (_, { example }) => {
      if (!('table' in example) || example.table === undefined) throw new Error('the example has no table')
      const texts = await sent({ ...example.table, system: example.config })
      expect(texts).toEqual(example.table.sends)
    },
  )
})

describe('an example is valid', () => {
  const placed = (role: string, config: Json): JsonObject => {
    if (role === 'source') return { source: config }
    return { source: { type: 'embedded', entities: [] }, [role]: config }
  }
  test.each(kinds.map((kind) => [`${kind.role} ${kind.type}`, kind] as const))('%s', (_, kind) => {
    const { role, type, example } = kind
    const { config } = example
    if (isObject(config) && role !== 'pump') expect(config.type).toBe(type)
    const whole = ['system', 'pipe', 'metadata'].includes(role)
    const files = whole ? { 'c.conf.json': printJson(config) } : filesOf(kind, placed(role, config))
    const { variables = {} } = 'variables' in example ? example : {}
    const problems = checkProject(loadProject(files, { variables }))
    expect(problems.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([])
  })
})
