import { expect, test } from 'vitest'
import { outputChange } from '../../../../app/canvas/pipe/change.ts'

test('entities that appear, disappear or differ are named; equal ones only counted', () => {
  const before = ['{"_id":"a","x":1}', '{"_id":"b","x":1}', '{"_id":"gone"}']
  const after = ['{"_id":"a","x":1}', '{"_id":"b","x":2}', '{"_id":"new"}']
  expect(outputChange(before, after)).toEqual({
    of: 4,
    changed: [
      { id: 'b', before: '{"_id":"b","x":1}', after: '{"_id":"b","x":2}' },
      { id: 'gone', before: '{"_id":"gone"}', after: null },
      { id: 'new', before: null, after: '{"_id":"new"}' },
    ],
  })
})

test('of several with one _id the last counts; 1 and 1.0 differ; entities without an _id are compared in their order', () => {
  expect(outputChange(['{"_id":"a","x":0}', '{"_id":"a","x":1}'], ['{"_id":"a","x":1}']).changed).toEqual([])
  expect(outputChange(['{"_id":"a","x":1}'], ['{"_id":"a","x":1.0}']).changed).toHaveLength(1)
  expect(outputChange(['{"x":1}'], ['{"x":2}']).changed).toEqual([{ id: '#0', before: '{"x":1}', after: '{"x":2}' }])
})
