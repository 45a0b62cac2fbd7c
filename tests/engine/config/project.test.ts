import { describe, expect, test } from 'vitest'
import { loadProject } from '../../../engine-worker/config/project/project.ts'

const text = (json: unknown) => JSON.stringify(json)
const pipe = (id: string, more: object = {}) => text({ _id: id, type: 'pipe', source: { type: 'empty' }, ...more })
const codes = (files: Record<string, string>) => loadProject(files).problems.map(({ code }) => code)

describe('a project in the layout of the client', () => {
  const project = loadProject({
    'pipes/A.conf.json': `\ufeff${pipe('a')}`,
    'pipes/deep/er/b.conf.json': pipe('b'),
    'systems/s.conf.json': text({ _id: 's', type: 'system:url' }),
    'node-metadata.conf.json': text({ _id: 'node', type: 'metadata' }),
    'test-env.json': '\ufeff{"node-env": "test", "size": 3}',
    'prod-env.json': '{"node-env": "prod"}',
    'pipes/readme.json': 'not read',
    '.expanded/pipes/z.conf.json': pipe('z'),
    'testdata/sub/a.json': '[]',
  })
  test('is found by _id, in sub-folders, with a byte order mark', () => {
    expect([...project.pipes.keys()]).toEqual(['a', 'b'])
    expect([...project.systems.keys()]).toEqual(['s'])
    expect(project.metadata?.id).toBe('node')
    expect(project.problems).toEqual([])
  })
  test('has the variables of the test profile unless another is named', () => {
    expect(project.variables.get('size')).toBe(3)
    const prod = loadProject({ 'prod-env.json': '{"a": 1}', 'test-env.json': '{"a": 2}' }, { profile: 'prod' })
    expect(prod.variables.get('a')).toBe(1)
  })
  test('knows its test data by pipe', () => {
    expect(project.testdata.get('a')?.content).toBe('[]')
  })
})

test('one file may hold all components', () => {
  const project = loadProject({ 'sesam.conf.json': `[${pipe('a')}, ${text({ _id: 's', type: 'system:rest' })}]` })
  expect([...project.pipes.keys(), ...project.systems.keys()]).toEqual(['a', 's'])
  expect(project.pipes.get('a')?.index).toBe(0)
})

test('template variables of the client are put in', () => {
  const files = { '.jinja_vars': 'name=crm\n', 'pipes/x.conf.json': pipe('{{@ name @}}-person') }
  expect([...loadProject(files).pipes.keys()]).toEqual(['crm-person'])
})

describe('what is broken is located and leaves the rest usable', () => {
  test('broken JSON has line and column', () => {
    const project = loadProject({ 'pipes/a.conf.json': '{\n  "_id": oops\n}', 'pipes/b.conf.json': pipe('b') })
    expect([...project.pipes.keys()]).toEqual(['b'])
    expect(project.problems[0]?.where).toMatchObject({ file: 'pipes/a.conf.json', line: 2 })
  })
  test.each([
    ['not-an-object', { 'pipes/a.conf.json': '["x"]' }],
    ['not-an-object', { 'test-env.json': '[]' }],
    ['missing-id', { 'pipes/a.conf.json': '{"type": "pipe"}' }],
    ['missing-type', { 'pipes/a.conf.json': '{"_id": "a"}' }],
    ['unknown-component-type', { 'pipes/a.conf.json': '{"_id": "a", "type": "pip"}' }],
    ['duplicate-id', { 'pipes/a.conf.json': pipe('a'), 'pipes/b.conf.json': pipe('a') }],
    ['slash-in-id', { 'pipes/a.conf.json': pipe('a/b') }],
  ])('%s', (code, files) => {
    expect(codes(files as unknown as Record<string, string>)).toEqual([code])
  })
  test('__proto__ is a name like any other', () => {
    const project = loadProject({ 'pipes/a.conf.json': '{"_id": "__proto__", "type": "pipe", "__proto__": {"x": 1}}' })
    expect([...project.pipes.keys()]).toEqual(['__proto__'])
  })
})
