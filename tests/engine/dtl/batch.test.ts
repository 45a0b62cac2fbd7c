/** Evaluation that waits for data: in batches, in order, and with the same clock and randomness when it is repeated. */
import { describe, expect, it } from 'vitest'
import { evaluateBatch } from '../../../engine-worker/dtl/batch.ts'
import { compileRules } from '../../../engine-worker/dtl/compile/compile.ts'
import { badTrigger } from '../../../engine-worker/dtl/compile/trigger.ts'
import { makeContext } from '../../../engine-worker/dtl/context.ts'
import { type Context, type Datasets, Suspended } from '../../../engine-worker/dtl/evaluation.ts'
import type { Entity, Json } from '../../../engine-worker/entity/value.ts'
import { Fault } from '../../../engine-worker/problem.ts'
import { environment } from './corpus.ts'

/** A dataset that is read in the background: a requested entity is there at the next evaluation. */
function lazy(known: Readonly<Record<string, Entity>>, rounds: number[]): Datasets {
  const read = new Set<string>()
  let asked: string[] = []
  return {
    lookup: (_dataset, id) => {
      if (read.has(id)) return known[id] ?? null
      asked.push(id)
      throw new Suspended(
        Promise.resolve().then(() => {
          if (asked.length > 0) rounds.push(asked.length)
          for (const each of asked) read.add(each)
          asked = []
        }),
      )
    },
    join: () => [],
    all: () => [],
  }
}

function rules(...steps: Json[]) {
  const { dtl, problems } = compileRules({ type: 'dtl', rules: { default: steps } })
  expect(problems).toEqual([])
  return dtl
}

describe('a batch', () => {
  it('waits for all its entities together, and keeps their order', async () => {
    const dtl = rules(
      ['add', 'n', ['path', 'n', ['lookup-entity', 'd', '_S.ref']]],
      ['add', 'm', ['path', 'm', ['lookup-entity', 'd', '_T.n']]],
    )
    const rounds: number[] = []
    const known = { a: { _id: 'a', n: 'c' }, b: { _id: 'b', n: 'd' }, c: { _id: 'c', m: 1 }, d: { _id: 'd', m: 2 } }
    const context = makeContext({ environment: environment(), datasets: lazy(known, rounds) })
    const seen: number[] = []
    const items: Entity[] = [{ _id: '1', ref: 'a' }, { _id: '2', ref: 'b' }, { _id: '3' }]
    const results = await evaluateBatch(items, dtl.run, context, (index) => seen.push(index))
    expect(results.map((each) => ('result' in each ? each.result.target?.m : each.problem.code))).toEqual([1, 2, null])
    expect(rounds).toEqual([2, 2])
    expect(seen).toEqual([0, 1, 2, 0, 1, 0, 1])
  })

  it('draws the same random numbers and reads the same clock again', async () => {
    let time = 0n
    const context = makeContext({ environment: { ...environment(), now: () => (time += 1_000_000_000n) } })
    const drawn: unknown[] = []
    const evaluate = (_item: number, ctx: Context) => {
      drawn.push([ctx.now(), ctx.random(), ctx.randomBytes(4)])
      return ctx.wait('work', async () => 'done')
    }
    const results = await evaluateBatch([1, 2], evaluate, context)
    expect(results).toEqual([{ result: 'done' }, { result: 'done' }])
    expect(drawn[0]).toEqual(drawn[2])
    expect(drawn[1]).toEqual(drawn[3])
    expect(drawn[0]).not.toEqual(drawn[1])
  })

  it('does the work of a key once an entity, and hands failures on', async () => {
    let times = 0
    const evaluate = (item: number, ctx: Context) => {
      const first = ctx.wait('a', async () => ++times)
      if (item === 2) ctx.wait('b', () => Promise.reject(new Fault(badTrigger({}))))
      return first
    }
    const results = await evaluateBatch([1, 2], evaluate, makeContext({ environment: environment() }))
    expect(results).toMatchObject([{ result: 1 }, { problem: { code: 'dtl-trigger-on' } }])
    expect(times).toBe(2)
  })

  it('goes on with the others when one entity fails', async () => {
    const dtl = rules(['if', ['eq', '_S.n', 2], ['fail!', 'two']], ['add', 'ok', true])
    const items = [1, 2, 3].map((n) => ({ _id: `e${n}`, n }))
    const results = await evaluateBatch(items, dtl.run, makeContext({ environment: environment() }))
    expect(results.map((each) => 'result' in each)).toEqual([true, false, true])
    expect(results[1]).toMatchObject({ problem: { code: 'dtl-fail', where: { entity: 'e2' } } })
  })

  it('gives every entity a budget of its own', async () => {
    const dtl = rules(['add', 'n', ['count', ['map', ['map', '_.', ['range', 0, '_S.n']], ['range', 0, '_S.n']]]])
    const items = [10, 20_000, 10].map((n, index) => ({ _id: `e${index}`, n }))
    const results = await evaluateBatch(items, dtl.run, makeContext({ environment: environment() }))
    expect(results.map((each) => ('problem' in each ? each.problem.code : 'fine'))).toEqual([
      'fine',
      'dtl-budget',
      'fine',
    ])
  })
})

describe('sleep!', () => {
  it('passes the time it says', async () => {
    const slept: number[] = []
    const pause = async (seconds: number) => void slept.push(seconds)
    const dtl = rules(['sleep!', 3], ['add', 'n', 1])
    const results = await evaluateBatch(
      [{ _id: '1' }],
      dtl.run,
      makeContext({ environment: { ...environment(), pause } }),
    )
    expect(slept).toEqual([3])
    expect(results).toMatchObject([{ result: { target: { n: 1 } } }])
  })
})

describe('trigger_on', () => {
  const runTriggered = (trigger: Json, entity: Entity) => {
    const { dtl, problems } = compileRules({ type: 'dtl', trigger_on: trigger, rules: { default: [['add', 'x', 1]] } })
    expect(problems).toEqual([])
    return dtl.run(entity, makeContext({ environment: environment() })).target
  }

  it('lets entities that do not match pass as they are', () => {
    expect(runTriggered({ value: 'go*' }, { _id: '1', a: 1, _trigger: 'gone' })).toEqual({ _id: '1', x: 1 })
    expect(runTriggered({ value: 'go*' }, { _id: '1', a: 1, _trigger: 'stop' })).toEqual({
      _id: '1',
      a: 1,
      _trigger: 'stop',
    })
    expect(runTriggered({ value: 'go*' }, { _id: '1', a: 1 })).toEqual({ _id: '1', a: 1 })
    expect(runTriggered({ key: 'a.b', value: 5 }, { _id: '1', a: [{ b: 4 }, { b: 5 }] })).toEqual({ _id: '1', x: 1 })
  })
})
