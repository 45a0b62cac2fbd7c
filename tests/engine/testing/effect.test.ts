/**
 * The effect of edits on data, on projects in memory: without an edit nothing differs, and each difference names its
 * edit.
 */
import { describe, expect, test } from 'vitest'
import { openInMemory } from '../../../engine-worker/api/tests.ts'
import { loadProject } from '../../../engine-worker/config/project/project.ts'
import type { Json } from '../../../engine-worker/entity/value.ts'
import { repeatable } from '../../../engine-worker/storage/repeatable.ts'
import { effectBetween, type ProjectEffect } from '../../../engine-worker/testing/effect.ts'
import type { ProjectState } from '../../../engine-worker/testing/project-edits.ts'

type Files = Readonly<Record<string, string>>

const dtl = (...steps: Json[]) => ({ type: 'dtl', rules: { default: [['copy', '*'], ...steps] } })
const pipe = (id: string, source: Json, ...steps: Json[]) => ({
  [`pipes/${id}.conf.json`]: JSON.stringify({ _id: id, type: 'pipe', source, transform: dtl(...steps) }),
})
const peopleSource = (count: number) => ({
  type: 'embedded',
  entities: Array.from({ length: count }, (_, n) => ({ _id: String(n), n, all: 1 })),
})

const state = (files: Files): ProjectState => ({ project: loadProject(files), files })

function effect(before: Files, after: Files): Promise<ProjectEffect> {
  return effectBetween(state(before), state(after), ({ project, files }, clock) => {
    const { rules, store } = repeatable(1_700_000_000_000_000_000n, clock)
    return openInMemory(project, files, { given: new Map(), environment: rules, storeEnvironment: store })
  })
}

/** `edits > pipe +added ~changed -removed`. */
function effectTexts({ groups }: ProjectEffect): string[] {
  const rows = groups.flatMap(({ edits, pipes }) =>
    pipes.map(({ pipe: id, added, changed, removed }) => {
      return `${edits.map(({ kind, name }) => `${kind} ${name}`).join(' & ')} > ${id} +${added} ~${changed} -${removed}`
    }),
  )
  return rows.sort()
}

const files: Files = {
  ...pipe('people', peopleSource(5)),
  ...pipe('random', { type: 'dataset', dataset: 'people' }, ['add', 'now', ['now']], ['add', 'uuid', ['uuid']]),
  ...pipe('other', { type: 'embedded', entities: [{ _id: 'x', all: 1 }] }, ['add', 'key', ['uuid']]),
  ...pipe('joined', { type: 'dataset', dataset: 'other' }, [
    'add',
    'people',
    ['count', ['hops', { datasets: ['people p'], where: [['eq', '_S.all', 'p.all']] }]],
  ]),
  ...pipe('variable', { type: 'embedded', entities: [{ _id: '$ENV(who)' }] }),
  'test-env.json': '{"who": "a", "unused": 1}',
}

describe('the effect of edits', () => {
  test('is nothing without one, whatever the clock and random numbers are asked for', async () => {
    const found = await effect(files, files)
    expect(effectTexts(found)).toEqual([])
    expect(found.same).toBe(5 + 5 + 1 + 1 + 1)
    const commented = { ...files, ...pipe('people', peopleSource(5), ['comment', 'nothing']) }
    expect(effectTexts(await effect(files, commented))).toEqual([])
  })

  test('is that of the edit alone: what was drawn for other entities stays', async () => {
    const fewer = { ...files, ...pipe('people', peopleSource(3)) }
    expect(effectTexts(await effect(files, fewer))).toEqual([
      'pipe people > joined +0 ~1 -0',
      'pipe people > people +0 ~0 -2',
      'pipe people > random +0 ~0 -2',
    ])
  })

  test('names the variable, and not one that nothing asks for', async () => {
    const changed = { ...files, 'test-env.json': '{"who": "b", "unused": 2}' }
    expect(effectTexts(await effect(files, changed))).toEqual(['variable who > variable +1 ~0 -1'])
  })

  test('tells two edits apart that reach one pipe, entity by entity', async () => {
    const edited = {
      ...files,
      ...pipe('people', {
        type: 'embedded',
        entities: [...peopleSource(5).entities.slice(1), { _id: '9', n: 9, all: 1 }],
      }),
      ...pipe(
        'random',
        { type: 'dataset', dataset: 'people' },
        ['if', ['eq', '_S._id', '2'], ['add', 'two', true], []],
        ['add', 'now', ['now']],
        ['add', 'uuid', ['uuid']],
      ),
    }
    expect(effectTexts(await effect(files, edited))).toEqual([
      'pipe people > people +1 ~0 -1',
      'pipe people > random +1 ~0 -1',
      'pipe random > random +0 ~1 -0',
    ])
  })

  test('of edits that only together make a difference names both', async () => {
    const flag = (value: boolean) => ({ type: 'embedded', entities: [{ _id: 'flag', on: value }] })
    const bothFlags = (a: boolean, b: boolean): Files => ({
      ...pipe('a', flag(a)),
      ...pipe('b', flag(b)),
      ...pipe('and', { type: 'merge', datasets: ['a x', 'b y'], equality: [['eq', 'x._id', 'y._id']] }, [
        'filter',
        ['not', ['in', false, '_S.on']],
      ]),
    })
    const found = effectTexts(await effect(bothFlags(false, false), bothFlags(true, true)))
    expect(found).toContain('pipe a & pipe b > and +1 ~0 -0')
  })

  test('is not that other entities are stored at another moment', async () => {
    const first = {
      ...pipe('a-first', peopleSource(3)),
      ...pipe('other', { type: 'embedded', entities: [{ _id: 'x' }] }),
    }
    const stamped = pipe(
      'stamped',
      { type: 'dataset', dataset: 'other' },
      ['add', 'stored', '_S._ts'],
      ['add', 'inside', ['dict', 'day', ['datetime-format', '%Y %f', ['datetime', ['multiply', 1000, '_S._ts']]]]],
    )
    const more = { ...first, ...stamped, ...pipe('a-second', { type: 'dataset', dataset: 'a-first' }) }
    expect(effectTexts(await effect({ ...first, ...stamped }, more))).toEqual(['pipe a-second > a-second +3 ~0 -0'])
  })

  test('of a difference that no edit explains is said to be a fault', async () => {
    let runs = 0
    const found = await effectBetween(state(files), state(files), ({ project, files: texts }, clock) => {
      const moment = BigInt(clock === 'later' ? 1 : ++runs) * 1_000_000_000_000_000_000n
      const { rules, store } = repeatable(moment, clock)
      return openInMemory(project, texts, { given: new Map(), environment: rules, storeEnvironment: store })
    })
    expect(effectTexts(found)).toEqual([' > random +0 ~5 -0'])
    expect(found.groups[0]?.edits).toEqual([])
  })
})
