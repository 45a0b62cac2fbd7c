import { describe, expect, test } from 'vitest'
import { readJson } from '../../../engine-worker/entity/json.ts'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import {
  addComponent,
  componentById,
  componentValue,
  engineChanges,
  engineFiles,
  fileProblems,
  filesOf,
  fileText,
  projectOf,
  putFile,
  putText,
  putValue,
  removeComponent,
  textInRoot,
} from '../../../engine-worker/text/project.ts'
import type { FileEntry } from '../../../engine-worker/text/project-files.ts'

const pipe = (id: string, rest: JsonObject = {}): JsonObject => ({
  _id: id,
  type: 'pipe',
  source: { type: 'dataset', dataset: 'x' },
  ...rest,
})
const array =
  '\uFEFF[\r\n    {"_id": "a", "type": "pipe"},\r\n    {"type":"pipe","_id":"b", "n": 1.0},\r\n    7,\r\n    {"_id":"c","type":"system:url"}\r\n]\r\n'
const entries: FileEntry[] = [
  {
    path: 'pipes/one.conf.json',
    content: '\uFEFF {"_id": "one",\r\n  "type": "pipe"}\r\n\r\n',
  },
  { path: 'pipes/broken.conf.json', content: '{"_id": "x",\n  "type": }' },
  {
    path: 'pipes/latin1.conf.json',
    content: new Uint8Array([0x7b, 0xe6, 0x7d]),
  },
  { path: 'sesam.conf.json', content: array },
  { path: 'expected/one.json', content: '[ ]' },
  { path: 'README', content: new Uint8Array([1, 2, 255]) },
]

describe('a project', () => {
  test('untouched, returns every file as it came', () => {
    const { value, problems } = projectOf(entries)
    const out = new Map(filesOf(value).map(({ path, content }) => [path, content]))
    for (const { path, content } of entries) expect(out.get(path)).toEqual(content)
    expect(out.size).toBe(entries.length)
    expect(problems.map(({ code, where }) => [code, where.file])).toEqual([
      ['json-broken', 'pipes/broken.conf.json'],
      ['file-not-utf8', 'pipes/latin1.conf.json'],
      ['file-not-component', 'sesam.conf.json'],
    ])
    expect(problems[0]?.where).toMatchObject({ line: 2, column: 11 })
    expect(fileProblems(value)).toEqual(problems)
    expect(Object.values(value.components).map(({ id, kind }) => [id, kind])).toEqual([
      ['one', 'pipe'],
      ['a', 'pipe'],
      ['b', 'pipe'],
      ['c', 'system'],
    ])
  })

  test('changes only the span of the component in an array file', () => {
    const { value } = projectOf(entries)
    const changed = putValue(value, 'sesam.conf.json#1', {
      type: 'pipe',
      _id: 'b2',
      n: 2,
    })
    expect(fileText(changed, 'sesam.conf.json')).toBe(
      array.replace('{"type":"pipe","_id":"b", "n": 1.0}', '{"type":"pipe","_id":"b2", "n": 2}'),
    )
    expect(componentById(changed, 'b2')?.key).toBe('sesam.conf.json#1')
    expect(Object.keys(engineChanges(value, changed))).toEqual(['sesam.conf.json'])
  })

  test('keeps the byte order mark and line endings of a changed file', () => {
    const { value } = projectOf(entries)
    const changed = putValue(value, 'pipes/one.conf.json', {
      _id: 'one',
      type: 'pipe',
      name: 'One',
    })
    expect(fileText(changed, 'pipes/one.conf.json')).toBe(
      '\uFEFF {"_id": "one",\r\n  "type": "pipe",\r\n  "name": "One"}\r\n\r\n',
    )
    expect(engineFiles(changed)['pipes/one.conf.json']).toMatch(/^ \{/)
  })

  test('removes components with their commas, and files with their last component', () => {
    let { value } = projectOf([
      {
        path: 'all.conf.json',
        content: '[\n  {"_id":"a"},\n  {"_id":"b"},\n  {"_id":"c"}\n]\n',
      },
    ])
    value = removeComponent(value, 'all.conf.json#1')
    expect(fileText(value, 'all.conf.json')).toBe('[\n  {"_id":"a"},\n  {"_id":"c"}\n]\n')
    value = removeComponent(value, 'all.conf.json#2')
    expect(fileText(value, 'all.conf.json')).toBe('[\n  {"_id":"a"}\n]\n')
    value = removeComponent(value, 'all.conf.json#0')
    expect(filesOf(value)).toEqual([])
    const alone = projectOf(entries).value
    expect(fileText(removeComponent(alone, 'pipes/one.conf.json'), 'pipes/one.conf.json')).toBeNull()
  })

  test('gives new components safe files of their own', () => {
    let { value: project } = projectOf([{ path: 'node/pipes/Person.conf.json', content: '{"_id":"Person"}' }], 'node/')
    const files: string[] = []
    for (const id of ['person', 'a:b/c', '../../etc/passwd', 'con', '', '__proto__']) {
      const added = addComponent(project, pipe(id))
      project = added.project
      files.push(added.key)
    }
    const added = addComponent(project, { _id: 'crm', type: 'system:rest' })
    expect([...files, added.key]).toEqual([
      'node/pipes/person-2.conf.json',
      'node/pipes/a_b_c.conf.json',
      'node/pipes/__.._etc_passwd.conf.json',
      'node/pipes/_con.conf.json',
      'node/pipes/_.conf.json',
      'node/pipes/__proto__.conf.json',
      'node/systems/crm.conf.json',
    ])
    expect(projectOf(filesOf(added.project), 'node/').value.components).toEqual(added.project.components)
  })

  test('takes text as it is typed, and refuses text that is no component', () => {
    const { value } = projectOf(entries)
    const typed = putText(value, 'sesam.conf.json#0', ' { "_id":"a",  "type":"pipe" }\n')
    expect(typed.problems).toEqual([])
    expect(fileText(typed.value, 'sesam.conf.json')).toBe(
      array.replace('{"_id": "a", "type": "pipe"}', '{ "_id":"a",  "type":"pipe" }'),
    )
    for (const text of ['', '{', '[]', '7', '{"type": "pipe"}', '[{"_id":"a"}]']) {
      const refused = putText(value, 'sesam.conf.json#0', text)
      expect(refused.value).toBe(value)
      expect(refused.problems).toHaveLength(1)
      expect(refused.problems[0]?.where.file).toBe('sesam.conf.json')
    }
  })

  test('a file that was broken becomes components once it is mended', () => {
    const { value } = projectOf(entries)
    const mended = putFile(value, 'pipes/broken.conf.json', '{"_id": "x"}').value
    expect(componentById(mended, 'x')?.file).toBe('pipes/broken.conf.json')
    expect(putFile(mended, 'pipes/broken.conf.json', '{').value.components).toEqual(value.components)
  })

  test('says when two files hold the same component', () => {
    const twice = projectOf([
      { path: 'pipes/b.conf.json', content: '{"_id":"x","type":"pipe"}' },
      { path: 'pipes/a.conf.json', content: '{"_id":"x","type":"pipe"}' },
      {
        path: 'systems/x.conf.json',
        content: '{"_id":"x","type":"system:url"}',
      },
    ])
    expect(twice.problems).toMatchObject([{ code: 'component-twice', where: { file: 'pipes/b.conf.json' } }])
    expect(componentById(twice.value, 'x', 'pipe')?.file).toBe('pipes/a.conf.json')
  })

  test('parses a component once per record', () => {
    const { value } = projectOf([
      {
        path: 'pipes/a.conf.json',
        content: '{"_id":"a","10":1,"2":2.0,"big":1000000000000000000000000000000}',
      },
    ])
    const component = componentById(value, 'a')
    if (!component) throw new Error('missing')
    expect(componentValue(component)).toBe(componentValue(component))
    expect(putValue(value, component.key, readJson(component.text) as JsonObject)).toBe(value)
  })

  test('the engine reads files of its own by their byte order mark, and gets others as bytes', () => {
    const utf16 = (text: string) =>
      Uint8Array.from([0xff, 0xfe, ...[...text].flatMap((sign) => [sign.charCodeAt(0), 0])])
    const latin1 = Uint8Array.of(0x7b, 0xf8)
    const { value } = projectOf(
      [
        { path: 'node/test-env.json', content: utf16('{"a":1}') },
        { path: 'node/expected/a.test.json', content: utf16('{}') },
        { path: 'node/expected/a.json', content: latin1 },
        { path: 'node/data/a.csv', content: utf16('a') },
      ],
      'node/',
    )
    expect(engineFiles(value)).toEqual({
      'test-env.json': '{"a":1}',
      'expected/a.test.json': '{}',
      'expected/a.json': latin1,
      'data/a.csv': utf16('a'),
    })
    expect(textInRoot(value, 'test-env.json')).toBe('{"a":1}')
    expect(filesOf(value).find(({ path }) => path === 'node/test-env.json')?.content).toEqual(utf16('{"a":1}'))
  })
})
