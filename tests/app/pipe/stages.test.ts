import { describe, expect, it } from 'vitest'
import { stagesOf } from '../../../app/pipe/stages.ts'
import { insertTransform, moveTransform, removeTransform } from '../../../app/pipe/transform-edits.ts'
import type { JsonObject } from '../../../engine-worker/index.ts'

const dtl = (name: string): JsonObject => ({ type: 'dtl', rules: { [name]: [] } })

describe('the stages of a pipe', () => {
  it('are its source, each transform and its sink, with the places where they are written', () => {
    const stages = stagesOf({
      source: { type: 'csv' },
      transform: [dtl('a'), { type: 'http' }],
      sink: { type: 'json' },
    })
    expect(stages.map(({ id, type, path }) => [id, type, path])).toEqual([
      ['source', 'csv', ['source']],
      ['transform/0', 'dtl', ['transform', 0]],
      ['transform/1', 'http', ['transform', 1]],
      ['sink', 'json', ['sink']],
    ])
  })

  it('take the documented defaults where the pipe says nothing', () => {
    const [source, transform, sink] = stagesOf({ transform: { rules: {} } })
    expect([source?.type, source?.implied]).toEqual(['empty', true])
    expect([transform?.type, transform?.path]).toEqual(['dtl', ['transform']])
    expect([sink?.type, sink?.implied]).toEqual(['dataset', true])
  })

  it('keep the way in which transforms are written', () => {
    expect(insertTransform({}, 0, dtl('a'))).toEqual({ transform: dtl('a') })
    expect(insertTransform({ transform: dtl('a') }, 0, dtl('b'))).toEqual({ transform: [dtl('b'), dtl('a')] })
    expect(removeTransform({ transform: [dtl('a'), dtl('b')] }, 0)).toEqual({ transform: [dtl('b')] })
    expect(removeTransform({ transform: [dtl('a')] }, 0)).toEqual({})
    expect(removeTransform({ transform: dtl('a') }, 0)).toEqual({})
    expect(moveTransform({ transform: [dtl('a'), dtl('b'), dtl('c')] }, 0, 3)).toEqual({
      transform: [dtl('b'), dtl('c'), dtl('a')],
    })
  })
})
