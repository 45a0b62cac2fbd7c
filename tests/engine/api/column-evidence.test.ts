/** The evidence that two properties have the same values. */
import { describe, expect, it } from 'vitest'
import {
  columnEvidence,
  evidenceOf,
  hasValue,
  likenessOf,
  usualKind,
} from '../../../engine-worker/api/column-evidence.ts'
import type { Value } from '../../../engine-worker/entity/value.ts'
import { environment } from '../dtl/corpus.ts'

const column = (name: string, ...values: Value[]) => evidenceOf(name, values, environment())
const likenessOfColumns = async (a: readonly [string, ...Value[]], b: readonly [string, ...Value[]]) =>
  likenessOf(await column(...a), await column(...b))

describe('the properties of entities', () => {
  it('are those that have a value somewhere, without those of the log', async () => {
    const columns = await columnEvidence(
      [
        { _id: '1', _updated: 4, $ids: ['x'], name: 'Ada', empty: '', list: [] },
        { _id: '2', name: null, city: 'Oslo' },
      ],
      environment(),
    )
    expect([...columns.keys()].toSorted()).toEqual(['_id', 'city', 'name'])
    expect(columns.get('name')?.values).toEqual(['Ada'])
  })
})

describe('two properties', () => {
  it('seem to hold the same where their values agree, whatever their names and signs are', async () => {
    const found = await likenessOfColumns(['kunde', 'A-1', 'B-2', 'C-3'], ['reference', 'a1', 'b2', 'c3', 'd4'])
    expect(found).toMatchObject({ why: 'values', agree: { some: 3, of: 3 } })
  })
  it('seem so by their names where values say nothing', async () => {
    expect(await likenessOfColumns(['email', 'x@a.no'], ['e_mail', 'y@b.no'])).toMatchObject({ why: 'name' })
    expect(await likenessOfColumns(['email', 'x@a.no'], ['email'])).toMatchObject({ why: 'name', agree: null })
  })
  it('seem so by a shape of which a record seldom has several', async () => {
    expect(
      await likenessOfColumns(['a', '41 22 33 44', '41 22 33 55'], ['q', '+47 99 88 77 66', '+47 22 33 44 55']),
    ).toMatchObject({
      why: 'shape',
    })
  })
  it('share nothing where few values agree by chance', async () => {
    expect(await likenessOfColumns(['a', 'x', 'y'], ['q', 'x', 'y', 'z'])).toBeNull()
    expect(await likenessOfColumns(['a', true, false], ['q', true, false])).toBeNull()
  })
})

it('knows the kind of most values, and what is no value', () => {
  expect(usualKind(['a', 'b', true])).toBe('string')
  expect(usualKind([])).toBeNull()
  expect([null, '', [], undefined].map(hasValue)).toEqual([false, false, false, false])
  expect([0n, false, ['']].map(hasValue)).toEqual([true, true, true])
})
