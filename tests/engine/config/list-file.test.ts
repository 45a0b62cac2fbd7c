/** An edit in a file of many components reads only the component that it is in. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { editedItem, itemSpans } from '../../../engine-worker/config/project/list-file.ts'
import { loadProject } from '../../../engine-worker/config/project/project.ts'

const file = 'sesam.conf.json'
const pipes = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    _id: `pipe-${at}`,
    type: 'pipe',
    source: { type: 'dataset', dataset: `d${at}` },
    comment: 'braces } ] and "quotes" in texts',
  }))

type LoadedBefore = NonNullable<Parameters<typeof loadProject>[2]>

const loadText = (text: string, before: LoadedBefore | null = null): LoadedBefore => {
  const files = { [file]: text }
  const options = before?.options ?? {}
  return { project: loadProject(files, options, before), files, options }
}

test('a keystroke reads one component; all others stay the same objects', () => {
  const text = JSON.stringify([...pipes(50), { _id: 's', type: 'system:url' }], null, 2)
  const before = loadText(text)
  const after = loadText(text.replace('"d17"', '"d17x"'), before)
  const changed = [...after.project.pipes].filter(([id, component]) => component !== before.project.pipes.get(id))
  expect(changed.map(([id, { config }]) => [id, config.source])).toEqual([
    ['pipe-17', { type: 'dataset', dataset: 'd17x' }],
  ])
  expect(after.project.systems.get('s')).toBe(before.project.systems.get('s'))
  expect(after.project.setting).toBe(before.project.setting)
  // The positions behind the edit are shifted.
  const again = loadText(String(after.files[file]).replace('"d40"', '"longer than before"'), after)
  expect(again.project.pipes.get('pipe-40')?.config.source).toEqual({ type: 'dataset', dataset: 'longer than before' })
  expect(again.project.pipes.get('pipe-17')).toBe(after.project.pipes.get('pipe-17'))
})

test('what is broken on the way, and what changes the list itself, is read as a whole', () => {
  const text = JSON.stringify(pipes(3))
  const before = loadText(text)
  const broken = loadText(text.replace('"d1"', '"d1'), before)
  expect(broken.project.problems).toEqual(loadText(text.replace('"d1"', '"d1')).project.problems)
  expect(loadText(text, broken).project.problems).toEqual([])
  const without = loadText(JSON.stringify(pipes(3).slice(0, 2)), before)
  expect([...without.project.pipes.keys()]).toEqual(['pipe-0', 'pipe-1'])
})

test('an edit gives what reading everything gives', () => {
  const edit = fc.record({
    at: fc.nat(),
    cut: fc.nat(12),
    put: fc.constantFrom('', 'x', '"', '}', '},{', ',', '[', '\\', '{"_id":"n"}'),
  })
  const text = JSON.stringify(pipes(4), null, 1)
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
      let before = loadText(text)
      let now = text
      for (const { at, cut, put } of edits) {
        const from = at % (now.length + 1)
        now = now.slice(0, from) + put + now.slice(from + cut)
        before = loadText(now, before)
      }
      const whole = loadText(now)
      expect([...before.project.pipes.values()]).toEqual([...whole.project.pipes.values()])
      expect(before.project.problems).toEqual(whole.project.problems)
    }),
    { numRuns: 500 },
  )
})

test('places of items, and edits beside them', () => {
  const text = ' [ {"a": "}"} , {"b": [{}]} ] '
  expect(itemSpans(text)?.map(([from, to]) => text.slice(from, to))).toEqual(['{"a": "}"}', '{"b": [{}]}'])
  expect(itemSpans('{"a": 1}')).toBe(null)
  expect(itemSpans('[1]')).toBe(null)
  expect(itemSpans('[{"a": 1')).toBe(null)
  const spans = itemSpans(text) ?? []
  expect(editedItem(text, spans, text.replace(' , ', ' ,  '))).toBe(null)
  expect(editedItem(text, spans, text.replace('"b"', '"bb"'))?.text).toBe('{"bb": [{}]}')
})
