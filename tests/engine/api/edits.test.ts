/** After any edits the engine knows the same of a project as after opening it anew. */

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { EngineHost } from '../../../engine-worker/api/host.ts'
import type { PipeFacts } from '../../../engine-worker/config/project/facts.ts'
import { functionTable } from '../../../engine-worker/dtl/registry.ts'
import { factsOfPipes } from '../../../engine-worker/run/session-facts.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { engineFiles, projectOf } from '../../../engine-worker/text/project.ts'
import { provisionalFacts } from '../../../engine-worker/text/provisional-facts.ts'

import { type TestEngine, testEngine } from '../../support/engine.ts'

const environment = { now: () => 0n, random: () => 0.5, randomBytes: (length: number) => new Uint8Array(length) }

const platform = {
  environment,
  fetch: null,
  openStore: async () => memoryStore(environment),
  deleteStore: async () => {},
}

function newEngine(): TestEngine {
  return testEngine(platform)
}

const ids = ['a', 'b', 'c']
const datasets = [...ids, 'missing']
const dataset = fc.constantFrom(...datasets)
const expression = fc.constantFrom('_S.x', ['upper', '_S.x'], ['nonsense', 1], '$ENV(greeting)')
const pipe = fc.record({
  _id: fc.constantFrom(...ids),
  type: fc.constant('pipe'),
  source: fc.oneof(
    fc.record({ type: fc.constant('dataset'), dataset }),
    fc.record({
      type: fc.constant('json'),
      system: fc.constantFrom('s', 't'),
      url: fc.constantFrom('data.json', 'no.json'),
    }),
  ),
  transform: fc.record({
    type: fc.constant('dtl'),
    rules: fc.record({
      default: fc.tuple(
        fc.tuple(fc.constant('add'), fc.constant('x'), expression),
        fc
          .record({ datasets: fc.tuple(dataset) })
          .map((hops) => ['add', 'y', ['hops', { datasets: [`${hops.datasets[0]} d`], where: ['eq', '_S.x', 'd.x'] }]]),
      ),
    }),
  }),
  sink: fc.record({ type: fc.constant('dataset'), dataset }),
})

const change = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom('pipes/1', 'pipes/2', 'pipes/3', 'several'), pipe) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom('pipes/1', 'pipes/2', 'several'), fc.constantFrom(null, '{', [])) },
  fc.tuple(
    fc.constant('systems/s'),
    fc.constantFrom(null, { _id: 's', type: 'system:url' }, { _id: 't', type: 'system:url', base_url: 'http://x' }),
  ),
  fc.tuple(
    fc.constant('node-metadata'),
    fc.constantFrom(null, { _id: 'node', type: 'metadata', namespaces: { default: { identity: 'n:i' } } }),
  ),
  fc.tuple(
    fc.constantFrom('!test-env.json', '!data.json', '!testdata/a.json'),
    fc.constantFrom(null, '{"greeting":1}', '[]'),
  ),
)

it('facts and problems are those of a project that was just opened', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
      const edited = newEngine()
      await edited.open({ project: 'p', files: {} })
      const files: Record<string, string> = {}
      for (const [name, value] of changes) {
        const path = name.startsWith('!') ? name.slice(1) : `${name}.conf.json`
        const text = value === null || typeof value === 'string' ? value : JSON.stringify(value)
        if (text === null) delete files[path]
        else files[path] = text
        const { problems } = await edited.update({ files: { [path]: text } })
        const fresh = newEngine()
        expect(problems).toEqual((await fresh.open({ project: 'p', files })).problems)
        expect(await edited.facts()).toEqual(await fresh.facts())
      }
    }),
    { numRuns: 60 },
  )
})

it('a pipe that has not changed is not made again', async () => {
  const host = new EngineHost(platform)
  const text = (_id: string, more = {}) =>
    JSON.stringify({ _id, type: 'pipe', source: { type: 'dataset', dataset: 'a' }, ...more })
  const files = { 'pipes/b.conf.json': text('b'), 'pipes/c.conf.json': text('c') }
  const { session } = await host.open({ project: 'p', files })
  const before = factsOfPipes(session)
  session.update({ 'pipes/c.conf.json': text('c', { comment: 'changed' }) })
  const after = factsOfPipes(session)
  expect(after[0]).toBe(before[0])
  expect(after[1]).not.toBe(before[1])
})

it('a sketch of a project has the facts that the engine finds, except what keeps pipes from running', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
      const files = new Map<string, string>()
      for (const [name, value] of changes) {
        const path = name.startsWith('!') ? name.slice(1) : `${name}.conf.json`
        const text = value === null || typeof value === 'string' ? value : JSON.stringify(value)
        if (text !== null) files.set(path, text)
      }
      const { value: project } = projectOf([...files].map(([path, content]) => ({ path, content })))
      const engine = newEngine()
      await engine.open({ project: 'p', files: engineFiles(project) })
      const facts = (await engine.facts()).map((fact) => ({ ...fact, needs: null }))
      const byPipe = (a: PipeFacts, b: PipeFacts) => (a.pipe < b.pipe ? -1 : 1)
      expect(provisionalFacts(project, 'test', functionTable).toSorted(byPipe)).toEqual(facts.toSorted(byPipe))
    }),
    { numRuns: 60 },
  )
})
