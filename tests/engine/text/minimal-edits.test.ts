/** Edits of a whole project change only the lines that they concern, in all forms of export. */

import '../../../engine-worker/connectors/kinds.ts'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { rename } from '../../../engine-worker/analysis/rename.ts'
import { renameProject } from '../../../engine-worker/analysis/rename-project.ts'
import { functionTable } from '../../../engine-worker/dtl/registry.ts'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import { expandProject, foldProject } from '../../../engine-worker/text/expand-project.ts'
import { exportZip } from '../../../engine-worker/text/export-zip.ts'
import { formatComponent } from '../../../engine-worker/text/format.ts'
import { formatForPortal } from '../../../engine-worker/text/portal.ts'
import {
  componentById,
  componentText,
  componentValue,
  editFile,
  filesOf,
  fileText,
  projectOf,
  putValue,
} from '../../../engine-worker/text/project.ts'
import type { FileEntry } from '../../../engine-worker/text/project-files.ts'

/** A node of 300 pipes, of which one is named in 63 places (its own `_id` is one of them), each on a line of its own. */
function node(): JsonObject[] {
  const pipes: JsonObject[] = [
    { _id: 'crm-customer', type: 'pipe', source: { type: 'embedded', entities: [{ _id: '1' }] } },
  ]
  for (let n = 1; n < 300; n++) {
    const reader = n <= 30
    const joins = n > 20 && n <= 52
    const hops = ['hops', { datasets: ['crm-customer c'], where: [['eq', '_S.id', 'c._id']] }]
    pipes.push({
      _id: `pipe-${n}`,
      type: 'pipe',
      source: { type: 'dataset', dataset: reader ? 'crm-customer' : `other-${n}` },
      transform: {
        type: 'dtl',
        rules: {
          default: [
            ['comment', 'æøå', n],
            ['copy', '*', '_*'],
            ['add', 'joined', joins ? hops : ['list', 1, 2.5]],
            ['if', ['is-not-null', '_S.x'], [['add', 'a-rather-long-name', ['concat', '_S.first', ' ', '_S.last']]]],
          ],
        },
      },
      pump: { mode: 'manual' },
    })
  }
  return pipes
}

const styles: readonly (readonly [string, (pipe: JsonObject) => string])[] = [
  ['four spaces', (pipe) => `${JSON.stringify(pipe, null, 4)}\n`],
  [
    'tabs, CRLF and a byte order mark',
    (pipe) => `\uFEFF${JSON.stringify(pipe, null, '\t').replaceAll('\n', '\r\n')}\r\n`,
  ],
  ["Sesam's own tools", formatForPortal],
  ['our own', formatComponent],
]

function changedLines(before: readonly FileEntry[], after: readonly FileEntry[]): number {
  const texts = new Map(before.map(({ path, content }) => [path, String(content).split('\n')]))
  let changed = 0
  for (const { path, content } of after) {
    // The file of the renamed pipe has its new name.
    const old = texts.get(path.replace('/client.', '/crm-customer.')) ?? []
    const lines = String(content).split('\n')
    expect(lines.length).toBe(old.length)
    changed += lines.filter((line, index) => line !== old[index]).length
  }
  return changed
}

describe('a pipe that is named in 63 places is renamed', () => {
  const pipes = node()
  const renaming = { what: 'pipe', from: 'crm-customer', to: 'client' } as const
  test.each(styles)('files with %s', (_, print) => {
    const files = pipes.map((pipe) => ({ path: `pipes/${pipe._id}.conf.json`, content: print(pipe) }))
    const { value: project } = projectOf(files)
    const { edits } = rename(Object.values(project.components).map(componentValue), renaming, functionTable)
    expect(edits).toHaveLength(63)
    const renamed = renameProject(project, renaming, edits)
    expect(changedLines(filesOf(project), filesOf(renamed))).toBe(63)
    const zip = Object.entries(unzipSync(exportZip(renamed)))
    expect(
      changedLines(
        filesOf(project),
        zip.map(([path, bytes]) => ({ path, content: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) })),
      ),
    ).toBe(63)
    expect(strFromU8(zip[0]?.[1] ?? new Uint8Array()).length).toBeGreaterThan(0)
  })

  test('one file with all of them', () => {
    const content = `[\n${pipes.map((pipe) => `  ${JSON.stringify(pipe, null, 2).replaceAll('\n', '\n  ')}`).join(',\n')}\n]\n`
    const { value: project } = projectOf([{ path: 'sesam.conf.json', content }])
    const { edits } = rename(Object.values(project.components).map(componentValue), renaming, functionTable)
    expect(changedLines(filesOf(project), filesOf(renameProject(project, renaming, edits)))).toBe(63)
  })
})

describe('other ways out', () => {
  const text = `{
   "_id": "p",  "type": "pipe",
   "source": {"type":"merge", "datasets": ["a x", "b y"], "equality": [["eq", "x._id", "y._id"]]},
   "transform": [
      {"type": "dtl", "rules": {"default": [["add", "n", 12345678901234567.89]]}},
      {"type": "dtl", "rules": {"default": [["add", "h",  ["hops", {"datasets": ["c z"], "where": ["eq", "_S.n", "z.n"]}]]]}}
   ]
}`
  const { value: project } = projectOf([{ path: 'pipes/p.conf.json', content: text }])

  test('expanding and folding keep what stays, and the text of numbers', () => {
    const { project: expanded } = expandProject(project, functionTable)
    const out = filesOf(expanded).map(({ content }) => String(content))
    expect(out.length).toBeGreaterThan(1)
    expect(out.join('')).toContain('12345678901234567.89')
    expect(fileText(expanded, 'pipes/p.conf.json')).toContain('   "_id": "p",  "type": "pipe",\n')
    expect(fileText(expanded, 'pipes/p.conf.json')).toContain('["add", "h",  ["hops", {"datasets": ["c z"]')
    const folded = foldProject(expanded).project
    expect(filesOf(folded)).toHaveLength(1)
    const back = componentById(folded, 'p')
    const before = componentById(project, 'p')
    if (!back || !before) throw new Error('missing')
    expect(componentValue(back)).toEqual(componentValue(before))
    expect(back.text).toContain('12345678901234567.89')
  })

  test('a key that is new in a component stands where it belongs', () => {
    const bare = projectOf([
      { path: 'pipes/q.conf.json', content: '{\n  "_id": "q",\n  "type": "pipe",\n  "source": {},\n  "x": 1\n}' },
    ]).value
    const component = componentById(bare, 'q')
    if (!component) throw new Error('missing')
    const changed = putValue(bare, component.key, {
      ...componentValue(component),
      pump: { mode: 'off' },
      transform: [],
    })
    expect(fileText(changed, 'pipes/q.conf.json')).toBe(
      '{\n  "_id": "q",\n  "type": "pipe",\n  "source": {},\n  "transform": [],\n  "pump": {\n    "mode": "off"\n  },\n  "x": 1\n}',
    )
    const now = componentById(changed, 'q')
    expect(Object.keys(now ? componentValue(now) : {})).toEqual(['_id', 'type', 'source', 'transform', 'pump', 'x'])
  })

  test('the text of a component or a part of it, without the indentation of its place', () => {
    const list = projectOf([{ path: 'a.conf.json', content: `[\n    ${text.replaceAll('\n', '\n    ')}\n]` }]).value
    expect(componentText(list, 'a.conf.json#0')).toBe(text)
    expect(componentText(list, 'a.conf.json#0', ['transform'])).toMatch(/^\[\n {3}\{"type"[\s\S]*\n\]$/)
    expect(componentText(list, 'a.conf.json#0', ['transform', 0, 'rules', 'default', 0, 2])).toBe(
      '12345678901234567.89',
    )
    expect(componentText(list, 'a.conf.json#0', ['transform', 7])).toBeNull()
  })

  test('variables and test specifications', () => {
    const file = '{ "a" : 1.0,\r\n  "b" : [ ] }\r\n'
    const files = projectOf([
      { path: 'test-env.json', content: file },
      { path: 'x-env.json', content: '{' },
    ]).value
    const edited = editFile(files, 'test-env.json', (value) => ({ ...(value as JsonObject), b: 'x' }))
    expect(fileText(edited, 'test-env.json')).toBe(file.replace('[ ]', '"x"'))
    expect(editFile(files, 'x-env.json', () => null)).toBe(files)
    expect(editFile(files, 'y-env.json', () => null)).toBe(files)
  })
})
