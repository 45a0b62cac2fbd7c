import { describe, expect, test } from 'vitest'
import '../../../engine-worker/connectors/kinds.ts'
import { effectivePipe, effectiveSystem } from '../../../engine-worker/config/project/effective.ts'
import { pipeFacts } from '../../../engine-worker/config/project/facts.ts'
import { loadProject } from '../../../engine-worker/config/project/project.ts'
import { functionTable } from '../../../engine-worker/dtl/registry.ts'
import type { Json, JsonObject } from '../../../engine-worker/entity/value.ts'

/** The effective form of one pipe, with variables and node metadata. */
function effective(pipe: JsonObject, variables: Record<string, Json> = {}, metadata: JsonObject = {}) {
  const project = loadProject(
    {
      'pipes/p.conf.json': JSON.stringify({ _id: 'p', type: 'pipe', source: { type: 'empty' }, ...pipe }),
      'node-metadata.conf.json': JSON.stringify({ _id: 'node', type: 'metadata', ...metadata }),
    },
    { variables },
  )
  const component = project.pipes.get('p')
  if (!component) throw new Error('the pipe was not loaded')
  return effectivePipe(project, component)
}
const codes = (pipe: ReturnType<typeof effective>) => pipe.problems.map(({ code }) => code)

describe('variables', () => {
  test('alone keep their type, inside a text become text', () => {
    const pipe = effective(
      {
        batch_size: '$ENV(size)',
        transform: { type: 'dtl', rules: { default: [['add', 'x', '$ENV(size) of $ENV(all)']] } },
      },
      { size: 3, all: true },
    )
    expect(pipe.config.batch_size).toBe(3)
    expect(pipe.transforms[0]?.config.rules).toEqual({ default: [['add', 'x', '3 of true']] })
  })
  test('without a value are warned of at their place and stay as written', () => {
    const pipe = effective({ source: { type: 'sql', table: '$ENV(gone)' } })
    expect(pipe.problems[0]).toMatchObject({
      code: 'unknown-variable',
      where: { path: ['source', 'table'], pipe: 'p' },
    })
    expect(pipe.valid).toBe(true)
  })
  test('secrets are left alone', () => {
    expect(effective({ comment: '$SECRET(key)' }).config.comment).toBe('$SECRET(key)')
  })
})

describe('conditional parts', () => {
  const source = {
    type: 'conditional',
    condition: '$ENV(node-env)',
    alternatives: { test: { type: 'embedded', entities: [] }, prod: { type: 'sql', table: '$ENV(gone)' } },
  }
  test('follow the condition, and problems of the others do not show', () => {
    const pipe = effective({ source }, { 'node-env': 'test' })
    expect(pipe.source).toMatchObject({ type: 'embedded', path: ['source', 'alternatives', 'test'] })
    expect(pipe.problems).toEqual([])
  })
  test('without an alternative make the pipe invalid', () => {
    const pipe = effective({ source }, { 'node-env': 'staging' })
    expect(codes(pipe)).toEqual(['unknown-alternative'])
    expect(pipe.valid).toBe(false)
  })
  test('nest, hold lists and chains', () => {
    const dtl = { type: 'dtl', rules: { default: [] } }
    const chained = { type: 'chained', transforms: [dtl, { type: 'emit_children' }] }
    const pipe = effective({
      transform: [{ type: 'conditional', condition: 'a', alternatives: { a: [dtl, chained] } }, dtl],
    })
    expect(pipe.transforms.map(({ type }) => type)).toEqual(['dtl', 'dtl', 'emit_children', 'dtl'])
    expect(pipe.transforms[2]?.path).toEqual(['transform', 0, 'alternatives', 'a', 1, 'transforms', 1])
  })
  test('a condition may be a truth value', () => {
    const alternatives = { true: { type: 'null' }, false: { type: 'json' } }
    const sink = { type: 'conditional', condition: '$ENV(dry)', alternatives }
    expect(effective({ sink }, { dry: true }).sink.type).toBe('null')
  })
  test('$conditional_properties replace what stands beside them, except in embedded data', () => {
    const block = { condition: 'test', alternatives: { test: { batch_size: 1, _id: 'other' } } }
    const entities = [{ _id: '1', $conditional_properties: block }]
    const pipe = effective(
      { batch_size: 5, $conditional_properties: block, source: { type: 'embedded', entities } },
      { env: 'test' },
    )
    expect(pipe.config.batch_size).toBe(1)
    expect(pipe.config._id).toBe('p')
    expect(pipe.source.config.entities).toEqual(entities)
  })
})

describe('defaults', () => {
  test('a pipe without sink writes the dataset of its own name', () => {
    expect(effective({}).sink.config).toEqual({ type: 'dataset', dataset: 'p' })
    expect(effective({ sink: { deletion_tracking: false } }).sink.config).toMatchObject({
      type: 'dataset',
      dataset: 'p',
    })
  })
  test('namespaces are the pipe, added by inbound sources and removed at outbound sinks', () => {
    const pipe = effective(
      { source: { type: 'embedded', entities: [] }, sink: { type: 'json', system: 's', url: 'x' } },
      {},
      { namespaced_identifiers: true, namespaces: { default: { ex: 'http://ex.org/' } } },
    )
    expect(pipe).toMatchObject({ addNamespaces: true, removeNamespaces: true })
    expect(pipe.namespaces).toMatchObject({ enabled: true, identity: 'p', property: 'p' })
    expect(pipe.namespaces.expansions.get('ex')).toBe('http://ex.org/')
    expect(pipe.namespaces.expansions.get('rdf')).toContain('rdf-syntax')
  })
  test('the pipe wins over the node', () => {
    const pipe = effective(
      { namespaced_identifiers: false, namespaces: { identity: 'x' }, source: { type: 'json' } },
      {},
      { namespaced_identifiers: true },
    )
    expect(pipe).toMatchObject({ addNamespaces: false, removeNamespaces: false })
    expect(pipe.namespaces).toMatchObject({ enabled: false, identity: 'x', property: 'p' })
  })
})

describe('broken pipes', () => {
  test.each([
    ['pipe-without-source', { source: null }],
    ['part-not-an-object', { source: [] }],
    ['part-without-type', { source: {} }],
    ['part-without-type', { transform: [{}] }],
    ['broken-conditional', { source: { type: 'conditional', alternatives: {} } }],
    ['broken-conditional', { source: { type: 'conditional', condition: 'x' } }],
  ])('%s', (code, pipe) => {
    expect(codes(effective(pipe as JsonObject))).toEqual([code])
  })
})

test('systems have their variables put in', () => {
  const files = { 'systems/s.conf.json': '{"_id": "s", "type": "system:url", "url_pattern": "https://$ENV(host)/%s"}' }
  const project = loadProject(files, { variables: { host: 'h' } })
  expect(effectiveSystem(project, 's')?.config.url_pattern).toBe('https://h/%s')
  expect(effectiveSystem(project, 'other')).toBeNull()
})

test('facts name what a pipe reads, joins and writes', () => {
  const pipe = effective({
    source: { type: 'merge', datasets: ['a x', 'b y'] },
    transform: [
      { type: 'dtl', rules: { default: [['add', 'o', ['hops', { datasets: ['orders o'], where: [] }]]] } },
      { type: 'rest', system: 'web' },
    ],
    metadata: { global: true },
  })
  expect(pipeFacts(pipe, null, functionTable)).toMatchObject({
    reads: ['a', 'b'],
    hops: ['orders'],
    writes: 'p',
    systems: ['web'],
    transforms: ['dtl', 'rest'],
    composite: true,
    global: true,
  })
})

test('facts name every dataset that a rule looks into, whichever function does', () => {
  const rules = {
    default: [
      ['add', 'a', ['lookup', ['list', 'cars', 'bikes'], '_S.ref']],
      ['if', true, [['add', 'b', ['map', ['lookup-entity', 'codes', '_.'], '_S.list']]]],
      ['add', 'c', ['reference', 'not-read', '_S.id']],
      ['comment', ['add', 'd', ['lookup-entity', 'commented-out', '_S.id']]],
      ['add', 'e', ['literal', ['lookup-entity', 'quoted', 'x']]],
    ],
  }
  const pipe = effective({ source: { type: 'dataset', dataset: 'a' }, transform: { type: 'dtl', rules } })
  expect(pipeFacts(pipe, null, functionTable).hops).toEqual(['cars', 'bikes', 'codes'])
})
