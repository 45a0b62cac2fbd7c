/** Rows of a walk: steps in order and nested, what was not reached, and where the keys lead. */
import { describe, expect, it } from 'vitest'
import {
  firstStandable,
  isStandable,
  makerOf,
  rowByKey,
  stopOf,
  walkRows,
} from '../../../../app/canvas/walk/walk-rows.ts'
import { stagesOf } from '../../../../app/pipe/stages.ts'
import type { JsonObject } from '../../../../engine-worker/index.ts'
import { memoryEngine } from '../../../support/memory-engine.ts'

const pipe: JsonObject = {
  _id: 'x',
  type: 'pipe',
  source: {
    type: 'embedded',
    entities: [
      { _id: '1', name: 'Ada', lines: [1, 2] },
      { _id: '2', lines: [] },
    ],
  },
  transform: [
    {
      type: 'dtl',
      rules: {
        default: [
          ['add', 'name', ['upper', '_S.name']],
          ['filter', ['is-not-empty', '_S.lines']],
          ['create-child', ['apply', 'line', '_S.lines']],
        ],
        line: [
          ['add', '_id', ['concat', 'l', ['string', '_S.']]],
          ['add', 'who', '_P._T.name'],
        ],
      },
    },
    { type: 'emit_children' },
    {
      type: 'dtl',
      rules: {
        default: [
          ['copy', '*'],
          ['add', 'last', true],
        ],
      },
    },
  ],
}

async function rowsFor(entity: string) {
  const engine = memoryEngine()
  await engine.open({ project: 'p', files: {} })
  const walk = await engine.walkEntity({ pipe: JSON.stringify(pipe), entity })
  return { walk, rows: walkRows(pipe, stagesOf(pipe), walk) }
}

describe('the rows of a walk', () => {
  it('have a stage, its entities, its steps and the rows inside a step', async () => {
    const { rows } = await rowsFor('1')
    expect(rows.map(({ is, depth, path }) => `${is} ${depth} ${path.at(-1)}`)).toEqual([
      'stage 0 source',
      'stage 0 0',
      'step 1 0',
      'step 1 1',
      'step 1 2',
      'rule 2 line',
      'step 3 0',
      'step 3 1',
      'rule 2 line',
      'step 3 0',
      'step 3 1',
      'stage 0 1',
      'stage 0 2',
      'entity 1 2',
      'step 2 0',
      'step 2 1',
      'entity 1 2',
      'step 2 0',
      'step 2 1',
      'stage 0 sink',
    ])
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
  })

  it('are gone through by keys: beside, into and out', async () => {
    const { rows } = await rowsFor('1')
    const step = (from: number, ...ways: readonly ('next' | 'back' | 'into' | 'out')[]) =>
      ways.reduce((place, way) => rowByKey(rows, place, way), from)
    expect(step(-1, 'next')).toBe(2)
    expect(step(2, 'next', 'next')).toBe(4)
    expect(step(4, 'next')).toBe(11)
    expect(step(4, 'into')).toBe(6)
    expect(step(6, 'next', 'next')).toBe(9)
    expect(step(9, 'next', 'next')).toBe(11)
    expect(step(9, 'out')).toBe(4)
    expect(step(2, 'into')).toBe(2)
    expect(step(2, 'back')).toBe(2)
    expect(rows.filter(isStandable)).toHaveLength(12)
  })

  it('say where an entity was stopped and what was not reached', async () => {
    const { rows } = await rowsFor('2')
    const place = stopOf(rows)
    expect(place).not.toBeNull()
    expect(rows[place ?? 0]?.path).toEqual(['transform', 0, 'rules', 'default', 1])
    expect(rows.filter(({ is }) => is === 'unreached').map(({ path }) => path.at(-1))).toEqual([2])
    expect(stopOf((await rowsFor('1')).rows)).toBeNull()
  })

  it('lead from a value of an output to the step that made it, past steps that only copy', async () => {
    const { rows, walk } = await rowsFor('1')
    expect(makerOf(rows, walk, 'l2', 'who')).toBe(10)
    expect(makerOf(rows, walk, 'l1', 'who')).toBe(7)
    expect(rows[makerOf(rows, walk, 'l2', 'last') ?? 0]?.stage.id).toBe('transform/2')
    expect(makerOf(rows, walk, 'l2', 'nothing')).toBeNull()
  })

  it('begin behind a source that merges, which one can go back to', () => {
    const merging: JsonObject = {
      _id: 'm',
      type: 'pipe',
      source: { type: 'merge', datasets: ['a x', 'b y'], equality: [['eq', 'x.mail', 'y.mail']] },
      transform: { type: 'dtl', rules: { default: [['copy', '*']] } },
    }
    const moment = { is: 'step', parent: 0, depth: 1, changes: [], moreChanges: 0, values: [], found: [] } as const
    const moments = [
      { ...moment, is: 'rule', path: 'transform/rules/default', parent: -1, depth: 0, foundInAll: 0, rows: 0 },
      { ...moment, path: 'transform/rules/default/0', foundInAll: 0, rows: 0 },
    ] as const
    const entity = { id: '1', text: '{"_id":"1"}', moments, isCut: false, outputs: [], stopped: null }
    const walk = {
      entity: '1',
      members: [{ dataset: 'a', id: '1' }],
      source: '{"_id":"1"}',
      stages: [{ stage: 'transform/0', entities: [entity], total: 1 }],
      ends: [],
      problems: [],
      milliseconds: 1,
    }
    const rows = walkRows(merging, stagesOf(merging), walk)
    expect(rows.map(({ is }) => is)).toEqual(['stage', 'stage', 'step', 'stage'])
    expect(rows.map(isStandable)).toEqual([true, false, true, false])
    expect(firstStandable(rows)).toBe(2)
    expect(rowByKey(rows, 2, 'back')).toBe(0)
    expect(rowByKey(rows, 0, 'next')).toBe(2)
    expect(rowByKey(rows, 0, 'into')).toBe(0)
    expect(firstStandable(rows.slice(0, 1))).toBe(0)
  })
})
