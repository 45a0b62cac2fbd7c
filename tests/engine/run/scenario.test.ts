/** Histories in the scenario player: the documented behaviour of pipes over time. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { get } from '../../../engine-worker/entity/dict.ts'
import { readJson } from '../../../engine-worker/entity/json.ts'
import { encodeTransit } from '../../../engine-worker/entity/transit.ts'
import { isObject, type Json, type JsonObject } from '../../../engine-worker/entity/value.ts'
import { playScenario } from '../../../engine-worker/run/scenario.ts'
import { steady } from '../../../engine-worker/storage/clock.ts'
import { cases, noShared } from '../../shared.ts'

/** A machine whose clock is too coarse to tell one write from the next. */
const machine = () => ({
  now: steady(() => 1_700_000_000_000_000_000n),
  random: () => 0.5,
  randomBytes: (length: number) => new Uint8Array(length),
})

/** Plays a scenario that a test gives as JSON. */
async function play(scenario: object) {
  const { datasets, failures } = await playScenario(readJson(JSON.stringify(scenario)), { environment: machine() })
  return {
    datasets: Object.fromEntries(
      [...datasets].map(([name, entities]) => [name, entities.map((each) => encodeTransit(each))]),
    ),
    failures: failures.map(({ code, where }) => [where.pipe ?? null, code]),
  }
}

const runAllStep: Json = { run: 'all' }
const putStep = (data: JsonObject): Json => ({ put: data })
const dtl = (...rules: Json[]): JsonObject => ({ type: 'dtl', rules: { default: rules } })
const copy: Json = ['copy', '*']

describe('merge_datasets', () => {
  const latest = { _id: 'latest', source: { type: 'merge_datasets', datasets: ['shop', 'depot'] } }

  it('takes what was written last, however fast the writes follow each other', async () => {
    const steps = [putStep({ depot: [{ _id: '1', n: 3 }] }), runAllStep]
    const input = { depot: [{ _id: '1', n: 2 }], shop: [{ _id: '1', n: 1 }] }
    expect((await play({ pipes: [latest], input, steps })).datasets.latest).toEqual([{ _id: '1', n: 3 }])
  })

  it('takes a deletion that was written last', async () => {
    const steps = [runAllStep, putStep({ depot: [{ _id: '1', _deleted: true }] }), runAllStep]
    const input = { depot: [{ _id: '1', n: 2 }], shop: [{ _id: '1', n: 1 }] }
    expect((await play({ pipes: [latest], input, steps })).datasets.latest).toEqual([{ _id: '1', _deleted: true }])
  })
})

describe('a merge source with the same dataset under two aliases', () => {
  it('gives every entity once in each of its places', async () => {
    const source = {
      type: 'merge',
      version: 2,
      datasets: ['staff person', 'staff report'],
      equality: [['eq', 'person._id', 'report.boss']],
    }
    const input = { staff: [{ _id: 'ann', boss: 'bo' }, { _id: 'bo' }] }
    const { datasets } = await play({ pipes: [{ _id: 'both', source }], input })
    expect(datasets.both?.map((entity) => (entity as JsonObject)._id)).toEqual(['0|ann', '0|bo|1|ann', '1|bo'])
  })
})

describe('trip!', () => {
  const pipes = [
    {
      _id: 'guarded',
      source: { type: 'dataset', dataset: 'in' },
      transform: dtl(copy, ['if', ['gt', '_S.n', 9], ['trip!', 'too much']]),
    },
    { _id: 'reader', source: { type: 'dataset', dataset: 'guarded' } },
  ]
  const input = { in: [{ _id: 'a', n: 1 }] }
  const tooMuch = putStep({
    in: [
      { _id: 'b', n: 2 },
      { _id: 'c', n: 10 },
    ],
  })

  it('withholds all of its run and says why', async () => {
    const { datasets, failures } = await play({ pipes, input, steps: [runAllStep, tooMuch, runAllStep] })
    expect(datasets.guarded).toEqual([{ _id: 'a', n: 1 }])
    expect(datasets.reader).toEqual([{ _id: 'a', n: 1 }])
    expect(failures).toEqual([['guarded', 'dtl-trip']])
  })

  it('keeps the pipe from running until that is dealt with', async () => {
    const steps = [runAllStep, tooMuch, runAllStep, putStep({ in: [{ _id: 'c', n: 3 }] }), runAllStep]
    const { datasets, failures } = await play({ pipes, input, steps })
    expect(datasets.guarded).toEqual([{ _id: 'a', n: 1 }])
    expect(failures).toEqual([['guarded', 'circuit-breaker-tripped']])
  })

  it('does so on the first run, too; a reset starts over', async () => {
    const steps = [tooMuch, runAllStep, putStep({ in: [{ _id: 'c', n: 3 }] }), { reset: 'guarded' }, runAllStep]
    const { datasets, failures } = await play({ pipes, input, steps })
    expect(datasets.reader).toEqual([
      { _id: 'a', n: 1 },
      { _id: 'b', n: 2 },
      { _id: 'c', n: 3 },
    ])
    expect(failures).toEqual([])
  })
})

describe('failures', () => {
  it.each(['dataset', 'union_datasets', 'merge_datasets', 'merge'])(
    'tell of a %s source that reads nothing',
    async (type) => {
      const { datasets, failures } = await play({ pipes: [{ _id: 'p', source: { type } }] })
      expect([datasets, failures]).toEqual([{}, [['p', 'source-without-dataset']]])
    },
  )

  it('tell of pipes that there are not', async () => {
    const { failures } = await play({ pipes: [], steps: [{ run: 'nobody' }, { reset: 'none' }] })
    expect(failures).toEqual([
      ['nobody', 'no-such-pipe'],
      ['none', 'no-such-pipe'],
    ])
  })

  it('keep what was left out while the pipe has nothing else to do', async () => {
    const source = { type: 'embedded', entities: [{ n: 1 }, { _id: 'b' }] }
    const { datasets, failures } = await play({ pipes: [{ _id: 'p', source }], steps: [runAllStep, runAllStep] })
    expect(datasets.p).toEqual([{ _id: 'b' }])
    expect(failures).toEqual([['p', 'entity-without-id']])
  })

  it('forget what stopped a pipe that went through in the end', async () => {
    const pipes = [
      {
        _id: 'p',
        source: { type: 'dataset', dataset: 'in' },
        transform: dtl(copy, ['if', ['is-null', '_S.n'], ['fail!', 'no n']]),
      },
    ]
    const steps = [runAllStep, putStep({ in: [{ _id: 'a', n: 1 }] }), runAllStep]
    const { datasets, failures } = await play({ pipes, input: { in: [{ _id: 'a' }] }, steps })
    expect(datasets.p).toEqual([{ _id: 'a', n: 1 }])
    expect(failures).toEqual([])
  })
})

describe('completeness', () => {
  const held = { type: 'dataset', dataset: 'mid', completeness: true }

  it('lets through in the end what came of supplied data and of inbound pipes', async () => {
    const pipes = [
      { _id: 'inbound', source: { type: 'embedded', entities: [{ _id: 'e' }] } },
      { _id: 'mid', source: { type: 'union_datasets', datasets: ['inbound', 'in'] } },
      { _id: 'out', source: held },
      { _id: 'last', source: { type: 'dataset', dataset: 'out', completeness: ['mid'] } },
    ]
    const { datasets } = await play({ pipes, input: { in: [{ _id: 'a' }] } })
    expect(datasets.out).toEqual([{ _id: 'in:a' }, { _id: 'inbound:e' }])
    expect(datasets.last).toEqual(datasets.out)
  })

  it('holds back while upstream has only run before', async () => {
    const pipes = [
      { _id: 'mid', source: { type: 'dataset', dataset: 'in' } },
      { _id: 'out', source: held },
    ]
    const steps = [{ run: ['mid', 'out'] }]
    expect((await play({ pipes, input: { in: [{ _id: 'a' }] }, steps })).datasets.out).toEqual([])
  })
})

describe('data that is put', () => {
  it('keeps every version of an entity, and leaves out what has no _id', async () => {
    const source = { type: 'dataset', dataset: 'in', include_previous_versions: true }
    const pipes = [{ _id: 'p', source, transform: dtl(copy, ['add', '_id', ['concat', 'v', ['string', '_S.n']]]) }]
    const input = { in: [{ _id: 'a', n: 1 }, { n: 9 }, { _id: 'a', n: 2 }] }
    const { datasets, failures } = await play({ pipes, input })
    expect(datasets.p).toEqual([
      { _id: 'v1', n: 1 },
      { _id: 'v2', n: 2 },
    ])
    expect(failures).toEqual([[null, 'entity-without-id']])
  })
})

describe('a changed configuration', () => {
  const found: Json = ['add', 'found', ['hops', { datasets: ['look l'], where: ['eq', '_S.k', 'l.k'], return: 'l.n' }]]
  const input = {
    in: [
      { _id: '1', k: 'x' },
      { _id: '2', k: 'y' },
    ],
    more: [{ _id: '3', k: 'x' }],
    look: [{ _id: 'l1', k: 'x', n: 1 }],
  }
  const change = putStep({ look: [{ _id: 'l2', k: 'y', n: 2 }] })
  const merged = {
    type: 'merge',
    version: 2,
    datasets: ['in i', 'more m'],
    equality: [['eq', 'i.k', 'm.k']],
    identity: 'first',
  }
  const rules = (...more: Json[]) => dtl(['copy', 'name'], ...more)

  it.each([
    ['a dataset', { type: 'dataset', dataset: 'in' }],
    ['a merge', merged],
  ])('leaves what came of %s before, and follows joins that are new', async (_, source) => {
    const steps = [
      runAllStep,
      { config: [{ _id: 'p', source, transform: rules(found) }] },
      runAllStep,
      change,
      runAllStep,
    ]
    const { datasets } = await play({ pipes: [{ _id: 'p', source, transform: rules() }], input, steps })
    expect(datasets.p).toEqual([{ _id: '1' }, { _id: '2', found: [2] }])
  })

  it('starts over where the pipe says so', async () => {
    const pipe = { _id: 'p', source: { type: 'dataset', dataset: 'in' }, reprocessing_policy: 'automatic' }
    const steps = [runAllStep, { config: [{ ...pipe, transform: rules(found) }] }, runAllStep]
    const { datasets } = await play({ pipes: [{ ...pipe, transform: rules() }], input, steps })
    expect(datasets.p).toEqual([
      { _id: '1', found: [1] },
      { _id: '2', found: [] },
    ])
  })
})

describe('results', () => {
  it('show entities that were taken over whole without the fields of the store', async () => {
    const whole: Json = ['add', 'whole', ['hops', { datasets: ['look l'], where: ['eq', '_S.k', 'l.k'] }]]
    const pipes = [{ _id: 'p', source: { type: 'dataset', dataset: 'in' }, transform: dtl(whole) }]
    const input = { in: [{ _id: '1', k: 'x' }], look: [{ _id: 'l1', k: 'x', own: { _ts: 7 } }] }
    const { datasets } = await play({ pipes, input })
    expect(datasets.p).toEqual([{ _id: '1', whole: [{ _id: 'l1', _deleted: false, k: 'x', own: { _ts: 7 } }] }])
  })

  it('name the pipes that write where no pipe may, and those with the same name', async () => {
    const source = { type: 'dataset', dataset: 'in' }
    const pipes = [
      { _id: 'p', source, sink: { type: 'dataset', dataset: 'system:p' } },
      { _id: 'q', source },
      { _id: 'q', source },
    ]
    const { datasets, failures } = await play({ pipes, input: { in: [{ _id: '1' }] } })
    expect(datasets).toEqual({ q: [{ _id: '1' }] })
    expect(failures).toEqual([
      ['q', 'duplicate-id'],
      ['p', 'forbidden-dataset'],
    ])
  })
})

describe.skipIf(noShared)('cases that came out right before', () => {
  const read = noShared ? [] : readJson(readFileSync(join(cases, 'turn2/kept.json'), 'utf8'))
  const kept = (Array.isArray(read) ? read : []).filter(isObject)
  it.each(kept.map((each) => [String(get(each, 'id')), each] as const))('%s', async (_id, scenario) => {
    const { datasets, failures } = await playScenario(scenario, { environment: machine() })
    expect(failures).toEqual([])
    const foundEntities = (live: boolean) =>
      Object.fromEntries(
        [...datasets].map(([name, entities]) => [
          name,
          entities.filter(({ _deleted }) => (_deleted !== true) === live).map((entity) => encodeTransit(entity)),
        ]),
      )
    const all = Object.fromEntries([...datasets].map(([name, entities]) => [name, entities.map(encodeTransit)]))
    const expectedOf = (key: string) => get(scenario, key)
    const part = (key: string): JsonObject => {
      const value = expectedOf(key) ?? null
      return isObject(value) ? value : {}
    }
    if (expectedOf('expect') !== undefined) expect(all).toEqual(expectedOf('expect'))
    expect(foundEntities(true)).toMatchObject(part('expect-live'))
    const ids = Object.entries(foundEntities(false)).map(([name, entities]) => [
      name,
      entities.map((entity) => (isObject(entity) ? get(entity, '_id') : null)),
    ])
    expect(Object.fromEntries(ids)).toMatchObject(part('expect-deleted'))
  })
})
