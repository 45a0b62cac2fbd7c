/**
 * The walk of one entity: steps in evaluation order, nested, with changes, joined rows and stops; its size is bounded.
 */
import { describe, expect, it } from 'vitest'
import type { EntityWalk, WalkMoment, WalkRequest } from '../../../engine-worker/api/walk.ts'
import { engineWithRun } from './ran-engine.ts'

const source = (...entities: object[]) => ({ type: 'embedded', entities })

async function walkOf(
  pipe: { readonly source: object; readonly transform: object | readonly object[] },
  request: Omit<WalkRequest, 'pipe'> = {},
  ran: readonly { readonly _id: string; readonly source: object }[] = [],
): Promise<EntityWalk> {
  const engine = await engineWithRun(ran)
  return engine.walkEntity({ pipe: JSON.stringify({ _id: 'x', type: 'pipe', ...pipe }), ...request })
}

const customers = source({ _id: '1', mail: 'A@x.org' }, { _id: '2', mail: 'b@x.org' })
const orders = {
  _id: 'orders',
  source: source(
    { _id: 'o1', mail: 'a@x.org', amount: 5 },
    { _id: 'o2', mail: 'a@x.org', amount: 7 },
    { _id: 'o3', mail: 'c@x.org', amount: 9 },
  ),
}
const joins = {
  type: 'dtl',
  rules: {
    default: [
      ['add', 'mail', ['lower', '_S.mail']],
      [
        'add',
        'orders',
        ['apply-hops', 'order', { datasets: ['orders o'], where: ['eq', ['lower', '_S.mail'], 'o.mail'] }],
      ],
      ['if', ['gt', ['count', '_T.orders'], 1], [['add', 'big', true]], [['add', 'small', true]]],
      ['filter', ['is-not-empty', '_T.orders']],
      ['create-child', ['apply', 'child', '_T.orders']],
    ],
    order: [
      ['rename', '_id', 'number'],
      ['copy', 'amount'],
    ],
    child: [
      ['add', '_id', ['concat', 'c-', '_S.number']],
      ['copy', 'amount'],
    ],
  },
}
const chain = [
  joins,
  { type: 'emit_children' },
  {
    type: 'dtl',
    rules: {
      default: [
        ['filter', ['gt', '_S.amount', 6]],
        ['copy', '*'],
      ],
    },
  },
]

const says = ({ moments }: { readonly moments: readonly WalkMoment[] }) =>
  moments.map(({ is, path, depth, changes }) =>
    [is, path.replace(/^transform\/\d\/rules\//, ''), depth, ...changes.map(({ name }) => name)].join(' '),
  )

describe('a walk', () => {
  it('tells every step and every row in order, nested as they happen', async () => {
    const { stages, entity, ends, problems } = await walkOf({ source: customers, transform: chain }, {}, [orders])
    expect(problems).toEqual([])
    expect(entity).toBe('1')
    const [first] = stages[0]?.entities ?? []
    expect(says(first ?? { moments: [] })).toEqual([
      'rule default 0',
      'step default/0 1 mail',
      'step default/1 1 orders',
      'rule order 2',
      'step order/0 3 number',
      'step order/1 3 amount',
      'rule order 2',
      'step order/0 3 number',
      'step order/1 3 amount',
      'step default/2 1 big',
      'step default/2/2/0 2 big',
      'step default/3 1',
      'step default/4 1 $children',
      'rule child 2',
      'step child/0 3 _id',
      'step child/1 3 amount',
      'rule child 2',
      'step child/0 3 _id',
      'step child/1 3 amount',
    ])
    expect(stages.map(({ stage, total }) => [stage, total])).toEqual([
      ['transform/0', 1],
      ['transform/1', 1],
      ['transform/2', 2],
    ])
    expect(ends.map(({ id }) => id)).toEqual(['c-o2'])
    const children = stages[2]?.entities.map(({ id, stopped }) => [id, stopped])
    expect(children).toEqual([
      ['c-o1', 'filtered'],
      ['c-o2', null],
    ])
  })

  it('names what joins find, what expressions come to, and before and after', async () => {
    const { stages } = await walkOf({ source: customers, transform: chain }, {}, [orders])
    const moments = stages[0]?.entities[0]?.moments ?? []
    expect(moments[2]?.found).toEqual([
      { dataset: 'orders', id: 'o1' },
      { dataset: 'orders', id: 'o2' },
    ])
    expect(moments[2]?.rows).toBe(2)
    expect(moments[1]?.changes).toEqual([{ name: 'mail', before: null, after: '"a@x.org"' }])
    expect(moments[1]?.values).toContainEqual(['transform/0/rules/default/0/2', '"a@x.org"'])
    expect(moments[1]?.values).toContainEqual(['transform/0/rules/default/0/2/1', '"A@x.org"'])
    expect(moments[14]?.changes).toEqual([{ name: '_id', before: null, after: '"c-o1"' }])
    expect(moments.filter(({ is, target }) => is === 'rule' && target === 'c-o2')).toHaveLength(1)
  })

  it('ends where the entity is stopped', async () => {
    const { stages, ends } = await walkOf({ source: customers, transform: chain }, { entity: '2' }, [orders])
    expect(stages).toHaveLength(1)
    const [only] = stages[0]?.entities ?? []
    expect(only?.stopped).toBe('filtered')
    expect(only?.moments.at(-1)).toMatchObject({ path: 'transform/0/rules/default/3', stopped: true })
    expect(ends).toEqual([])
  })

  it('puts an error at the step that fails, and what the entity was before stays', async () => {
    const failing = {
      type: 'dtl',
      rules: {
        default: [
          ['add', 'a', 1],
          ['fail!', 'no'],
          ['add', 'c', 3],
        ],
      },
    }
    const { stages, problems } = await walkOf({ source: customers, transform: failing })
    const moments = stages[0]?.entities[0]?.moments ?? []
    expect(problems.length).toBeGreaterThan(0)
    expect(moments.map(({ path }) => path)).toEqual([
      'transform/rules/default',
      'transform/rules/default/0',
      'transform/rules/default/1',
    ])
    expect(moments[2]?.problem).toBeDefined()
  })

  it('stops at breakpoints whose condition holds for the entity as it is then', async () => {
    const path = 'transform/0/rules/order/1'
    const when = JSON.stringify(['gt', '_S.amount', 6])
    const { stages } = await walkOf({ source: customers, transform: chain }, { breakpoints: [{ path, when }] }, [
      orders,
    ])
    const moments = stages[0]?.entities[0]?.moments ?? []
    const at = moments.filter(({ path: each }) => each === path)
    expect(at.map(({ breaks }) => breaks ?? false)).toEqual([false, true])
    const always = await walkOf({ source: customers, transform: chain }, { breakpoints: [{ path }] }, [orders])
    expect(always.stages[0]?.entities[0]?.moments.filter(({ breaks }) => breaks)).toHaveLength(2)
  })

  it('keeps some of many rows and says that there are more; long values are cut', async () => {
    const many = source({ _id: '1', long: 'x'.repeat(10_000), lines: Array.from({ length: 5000 }, (_, at) => at) })
    const each = {
      type: 'dtl',
      rules: {
        default: [
          ['copy', 'long'],
          ['add', 'all', ['apply', 'line', '_S.lines']],
        ],
        line: [['add', 'n', '_S.']],
      },
    }
    const walk = await walkOf({ source: many, transform: [each] })
    const [only] = walk.stages[0]?.entities ?? []
    expect(only?.isCut).toBe(true)
    expect(only?.moments.length).toBeLessThan(100)
    expect(only?.moments.find(({ path }) => path.endsWith('default/1'))?.rows).toBe(5000)
    expect(JSON.stringify(walk).length).toBeLessThan(100_000)
  })

  it('follows the entity that another was merged into, and names its parts', async () => {
    const merge = { type: 'merge', datasets: ['a a', 'b b'], equality: [['eq', 'a.mail', 'b.mail']], identity: 'first' }
    const part = (_id: string, id: string) => ({ _id, source: source({ _id: id, mail: 'm' }) })
    const walk = await walkOf(
      { source: merge, transform: [{ type: 'dtl', rules: { default: [['copy', '*']] } }] },
      { entity: 'b1' },
      [part('a', 'a1'), part('b', 'b1')],
    )
    expect(walk.members).toEqual([
      { dataset: 'a', id: 'a1' },
      { dataset: 'b', id: 'b1' },
    ])
  })
})
