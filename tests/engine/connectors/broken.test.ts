/** Any configuration: opening and checking a project gives problems, never an exception. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { kindsOf } from '../../../engine-worker/config/model/declared.ts'
import { pipeFacts } from '../../../engine-worker/config/project/facts.ts'
import { checkProject } from '../../../engine-worker/connectors/check.ts'
import { functionTable } from '../../../engine-worker/dtl/registry.ts'
import '../../../engine-worker/connectors/kinds.ts'
import { Session } from '../../../engine-worker/run/session.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { environment } from './open.ts'

const oddValue = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    '$ENV(a)',
    '$ENV(',
    '$SECRET(x)',
    '__proto__',
    '{{ a }}',
    '{{ a',
    '{% if %}',
    [],
    {},
    null,
    -1,
    '_S.',
    ['hops'],
  ),
)

/** A pipe of each kind, with the defaults of a new node. */
const templates = [
  ...kindsOf('source').map(({ template }) => ({ _id: 'p', type: 'pipe', source: template })),
  ...kindsOf('transform').map(({ template }) => ({
    _id: 'p',
    type: 'pipe',
    source: { type: 'empty' },
    transform: template,
  })),
  ...kindsOf('sink').map(({ template }) => ({ _id: 'p', type: 'pipe', source: { type: 'empty' }, sink: template })),
]

/** The JSON with one of its values, chosen by `at`, replaced. */
function mutated(json: unknown, at: number, value: unknown): unknown {
  let count = 0
  const replaceAt = (node: unknown): unknown => {
    if (count++ === at) return value
    if (Array.isArray(node)) return node.map(replaceAt)
    if (typeof node !== 'object' || node === null) return node
    return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, replaceAt(item)]))
  }
  return replaceAt(json)
}

/** A session that has the files open. */
function sessionOf(files: Record<string, string>): Session {
  const session = new Session({ store: memoryStore(environment), environment })
  session.open(files, { variables: { a: [1], 'node-env': 'test' } })
  return session
}

function openAll(config: unknown) {
  const files = {
    'pipes/p.conf.json': JSON.stringify(config),
    'systems/s.conf.json': JSON.stringify({ _id: 's', type: 'system:rest', operations: { get: { url: '{{ x }}' } } }),
    'node-metadata.conf.json': '{"_id": "node", "type": "metadata", "namespaced_identifiers": true}',
  }
  const session = sessionOf(files)
  const { project } = session
  const pipes = session.openPipes()
  return {
    problems: checkProject(project),
    facts: pipes.map(({ effective }) => pipeFacts(effective, null, functionTable)),
  }
}

test('one odd value anywhere in a pipe of any kind', () => {
  fc.assert(
    fc.property(fc.constantFrom(...templates), fc.nat(20), oddValue, (template, at, value) => {
      const { problems } = openAll(mutated(template, at, value))
      for (const { where } of problems) expect(where.file).toBeDefined()
    }),
    { numRuns: 500 },
  )
})

test('any JSON at all as a pipe', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (source, transform, sink) => {
      openAll({ _id: 'p', type: 'pipe', source, transform, sink })
    }),
    { numRuns: 500 },
  )
})

test('the template of every kind is valid but for what only the user knows', () => {
  for (const template of templates) {
    const { problems } = openAll(template)
    // Which datasets and operations are meant is for the user to say.
    const unsaid = ['empty-name', 'source-without-dataset', 'unknown-operation']
    const serious = problems.filter(({ severity, code }) => severity === 'error' && !unsaid.includes(code))
    expect(serious.map(({ code, where }) => `${template.source} ${code} ${where.path?.join('/')}`)).toEqual([])
  }
})

test('recorded answers that cannot be read keep their pipe from running, and nothing else', () => {
  const pipe = { _id: 'p', type: 'pipe', source: { type: 'rest', system: 's', operation: 'get' } }
  const system = { _id: 's', type: 'system:rest', url_pattern: 'http://s/%s', operations: { get: { url: 'x' } } }
  const files = {
    'pipes/p.conf.json': JSON.stringify(pipe),
    'pipes/q.conf.json': '{"_id":"q","type":"pipe","source":{"type":"empty"}}',
    'systems/s.conf.json': JSON.stringify(system),
    'testdata/p.answers.json': '{"answer": [}',
  }
  expect(
    sessionOf(files)
      .openPipes()
      .map(({ runnable }) => [runnable.id, runnable.needs?.code, runnable.needs?.where.file]),
  ).toEqual([
    ['p', 'json-broken', 'testdata/p.answers.json'],
    ['q', undefined, undefined],
  ])
})
