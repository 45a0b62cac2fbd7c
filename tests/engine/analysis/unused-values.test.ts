/**
 * Values that functions leave out or cannot read: reported with their number, with a conversion that reads all of them.
 */
import { describe, expect, it } from 'vitest'
import { functions } from '../../../engine-worker/dtl/registry.ts'
import type { Json } from '../../../engine-worker/entity/value.ts'
import { memoryEngine } from '../../support/memory-engine.ts'

/** The preview's report of the values that a step leaves out, and the result with the first conversion. */
async function unusedIn(expression: Json, source: object, datasets: Readonly<Record<string, readonly object[]>> = {}) {
  const engine = memoryEngine()
  const files = Object.entries(datasets).map(([name, entities]) => [
    `pipes/${name}.conf.json`,
    JSON.stringify({ _id: name, type: 'pipe', source: { type: 'embedded', entities } }),
  ])
  await engine.open({ project: 'p', files: Object.fromEntries(files) })
  if (files.length > 0) await engine.run({ run: '1' }, () => undefined)
  const traced = async (value: Json) => {
    const pipe = {
      _id: 'x',
      type: 'pipe',
      source: { type: 'embedded', entities: [{ _id: '1', ...source }] },
      transform: { type: 'dtl', rules: { default: [['add', 'out', value]] } },
    }
    const { trace } = await engine.preview({ pipe: JSON.stringify(pipe), limit: 1, trace: true })
    return {
      found: trace.flatMap(({ unused }) => (unused ? [unused] : [])),
      gives: trace.find(({ path }) => path === 'transform/rules/default/0/2')?.value,
    }
  }
  const { found, gives } = await traced(expression)
  const [first] = found
  const [conversion] = first?.conversions ?? []
  // The conversion stands where the value stood: at the end of its path below the step.
  const place = (first?.path ?? []).slice(5).map(Number)
  const after = conversion ? await traced(withValueAt(expression, place, JSON.parse(conversion.expression))) : null
  return { found, gives, after }
}

function withValueAt(dtl: Json, [at, ...rest]: readonly number[], value: Json): Json {
  if (at === undefined) return value
  return Array.isArray(dtl) ? dtl.map((each, index) => (index === at ? withValueAt(each, rest, value) : each)) : dtl
}

describe('values that a function leaves out', () => {
  it('are counted, and converted as they are written', async () => {
    const { found, gives, after } = await unusedIn(['sum', '_S.lines.amount'], {
      lines: [{ amount: '1 499,90' }, { amount: '12,50' }],
    })
    expect(gives).toBe('0')
    expect(found[0]?.problem).toMatchObject({
      code: 'dtl-values-ignored',
      message: '2 of 2 values are texts, but “sum” takes only numbers.',
      facts: { function: 'sum', ignored: 2, of: 2, found: 'string', expected: 'number' },
    })
    expect(found[0]?.conversions[0]).toMatchObject({ from: '"1 499,90"', to: '"~f1499.90"' })
    expect(after).toMatchObject({ found: [], gives: '"~f1512.40"' })
  })

  it('are said for any function by the types that it declares', async () => {
    const upper = await unusedIn(['upper', '_S.n'], { n: 12 })
    expect(upper.found[0]?.problem.facts).toEqual({
      function: 'upper',
      ignored: 1,
      of: 1,
      found: 'integer',
      expected: 'string',
    })
    expect(upper.after).toMatchObject({ found: [], gives: '"12"' })
    const minus = await unusedIn(['-', '_S.a', '_S.b'], { a: '7', b: 5 })
    expect(minus.gives).toBe('null')
    expect(minus.after).toMatchObject({ found: [], gives: '2' })
    const date = await unusedIn(['datetime-format', '%Y', '_S.due'], { due: '17.05.2024' })
    expect(date.after).toMatchObject({ found: [], gives: '"2024"' })
  })

  it('are those that a conversion cannot read, too', async () => {
    const { found, after } = await unusedIn(['decimal', '_S.amount'], { amount: '1\u00a0499,90' })
    expect(found[0]?.problem).toMatchObject({ code: 'dtl-values-unreadable', facts: { unreadable: 1, of: 1 } })
    expect(after).toMatchObject({ found: [], gives: '"~f1499.90"' })
  })

  it('offer a second reading where the text can be read in two ways', async () => {
    const { found } = await unusedIn(['sum', '_S.amount'], { amount: '1,499' })
    expect(found[0]?.conversions.map(({ to }) => to)).toEqual(['"~f1.499"', '"~f1499"'])
  })

  it('offer nothing where no conversion reads all of them', async () => {
    const { found } = await unusedIn(['sum', '_S.x'], { x: ['12', 'twelve'] })
    expect([found.length, found[0]?.conversions]).toEqual([1, []])
  })

  it('are counted once when the entity had to wait for a join', async () => {
    const hops: Json = ['hops', { datasets: ['o o'], where: [['eq', '_S._id', 'o.customer']] }]
    const { found } = await unusedIn(
      ['sum', ['list', '_S.amount', ['count', hops]]],
      { amount: '1' },
      {
        o: [{ _id: 'o1', customer: '1' }],
      },
    )
    expect(found[0]?.problem.facts).toMatchObject({ ignored: 1, of: 2 })
  })

  it('are none where values fit, are missing or are constants', async () => {
    for (const [expression, source] of [
      [['sum', '_S.x'], { x: [1, 2.5, null] }],
      [['upper', '_S.missing'], {}],
      [['lower', '_S.x'], { x: ['A'] }],
      [['datetime-parse', '%Y', '_S.x'], { x: '2024' }],
      [['concat', '_S.x', ' ', '_S.x'], { x: 'a' }],
    ] as const) {
      expect((await unusedIn(expression as unknown as Json, source)).found).toEqual([])
    }
  })

  it('have conversions whose plain form is a call of the declared function itself', () => {
    for (const { name, converts } of functions) {
      if (!converts) continue
      expect(converts[0], name).toSatisfy(
        (call: unknown) => Array.isArray(call) && call[0] === name && call.at(-1) === '_.',
      )
    }
  })
})
