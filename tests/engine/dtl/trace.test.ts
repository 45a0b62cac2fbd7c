/** A traced evaluation shows every value and every step, and changes nothing. */
import { describe, expect, it } from 'vitest'
import { compileRules } from '../../../engine-worker/dtl/compile/compile.ts'
import { type TraceEntry, traceRecorder } from '../../../engine-worker/dtl/compile/trace.ts'
import { makeContext } from '../../../engine-worker/dtl/context.ts'
import type { Entity, Json, JsonObject } from '../../../engine-worker/entity/value.ts'
import { environment } from './corpus.ts'

function trace(steps: Json, source: Entity, rules: JsonObject = {}): Map<string, TraceEntry> {
  const tracer = traceRecorder()
  const { dtl } = compileRules({ type: 'dtl', rules: { default: steps, ...rules } }, { tracer, at: ['transform'] })
  try {
    dtl.run(source, makeContext({ environment: environment() }))
  } catch {
    // The trace ends where the evaluation ended.
  }
  return new Map(tracer.traced().map((each) => [each.at.join('/').replace('transform/rules/', ''), each]))
}

describe('a trace', () => {
  it('has the value of every sub-expression, constants too', () => {
    const traced = trace([['add', 'n', ['concat', ['upper', '_S.a'], '-', ['upper', 'x']]]], { _id: '1', a: 'b' })
    expect(traced.get('default/0/2')?.value).toBe('B-X')
    expect(traced.get('default/0/2/1')?.value).toBe('B')
    expect(traced.get('default/0/2/1/1')?.value).toBe('b')
    expect(traced.get('default/0/2/3')?.value).toBe('X')
  })

  it('has the target before and after every step', () => {
    const traced = trace(
      [
        ['add', 'a', 1],
        ['if', true, [['add', 'b', 2]]],
        ['remove', 'a'],
      ],
      { _id: '1' },
    )
    expect(traced.get('default/1/2/0')).toMatchObject({
      before: { _id: '1', a: 1 },
      after: { _id: '1', a: 1, b: 2 },
      stopped: false,
    })
    expect(traced.get('default/2')?.after).toEqual({ _id: '1', b: 2 })
  })

  it('counts, and keeps the last value', () => {
    const traced = trace([['add', 'n', ['map', ['*', '_.', 2], '_S.list']]], { _id: '1', list: [1, 2, 3] })
    expect(traced.get('default/0/2/1')).toMatchObject({ value: 6, times: 3 })
  })

  it('leaves out what was not evaluated, and says where it stopped', () => {
    const traced = trace(
      [
        ['filter', ['eq', '_S.a', 1]],
        ['add', 'n', 1],
      ],
      { _id: '1' },
    )
    expect(traced.get('default/0')?.stopped).toBe(true)
    expect(traced.has('default/1')).toBe(false)
  })

  it('follows applied rules', () => {
    const traced = trace(
      [['add', 'n', ['apply', 'r', '_S.list']]],
      { _id: '1', list: [{ k: 1 }] },
      { r: [['add', 'm', '_S.k']] },
    )
    expect(traced.get('r/0/2')?.value).toBe(1)
    expect(traced.get('r/0')?.after).toEqual({ m: 1 })
  })

  it('says where a problem came up', () => {
    const traced = trace(
      [
        ['add', 'a', 1],
        ['if', true, ['fail!', 'no']],
      ],
      { _id: '1' },
    )
    expect(traced.get('default/1/2')?.problem?.code).toBe('dtl-fail')
    expect(traced.get('default/0')?.after).toEqual({ _id: '1', a: 1 })
  })
})
