/** Three-way merge of JSON: laws on random values, and typical concurrent edits of one pipe. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../../engine-worker/entity/value.ts'
import { sameJson } from '../../../engine-worker/text/json-equality.ts'
import { mergeJson } from '../../../engine-worker/text/merge.ts'

const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json>(null, true, 'a', 'b', '_S.x'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 }),
  ),
})).value

const chooseMine = () => 'mine' as const
const chooseTheirs = () => 'theirs' as const

describe('mergeJson', () => {
  it('gives the changed side where only one changed, and either where both are the same', () => {
    fc.assert(
      fc.property(json, json, (base, changed) => {
        for (const choose of [chooseMine, chooseTheirs]) {
          for (const [one, other] of [
            [changed, base],
            [base, changed],
            [changed, changed],
          ] as const) {
            const { value, conflicts } = mergeJson(base, one, other, choose)
            expect(sameJson(value, changed)).toBe(true)
            expect(conflicts).toEqual([])
          }
        }
      }),
    )
  })

  it('does not depend on the order of the sides where nothing conflicts', () => {
    fc.assert(
      fc.property(json, json, json, (base, a, b) => {
        const one = mergeJson(base, a, b, chooseMine)
        const other = mergeJson(base, b, a, chooseMine)
        expect(one.conflicts.length === 0).toBe(other.conflicts.length === 0)
        if (one.conflicts.length === 0) expect(sameJson(one.value, other.value)).toBe(true)
      }),
    )
  })

  it('keeps the changes of both in different places', () => {
    const base = {
      _id: 'p',
      batch_size: 1,
      steps: [
        ['copy', '*'],
        ['add', 'a', 1],
        ['add', 'b', 2],
      ],
    }
    const one = {
      ...base,
      batch_size: 5,
      steps: [
        ['copy', '*'],
        ['add', 'a', 9],
        ['add', 'b', 2],
      ],
    }
    const other = {
      ...base,
      comment: 'new',
      steps: [
        ['rename', 'x', 'y'],
        ['copy', '*'],
        ['add', 'a', 1],
        ['add', 'b', 2],
        ['add', 'c', 3],
      ],
    }
    const { value, conflicts } = mergeJson(base, one, other, chooseMine)
    expect(conflicts).toEqual([])
    expect(value).toEqual({
      _id: 'p',
      batch_size: 5,
      comment: 'new',
      steps: [
        ['rename', 'x', 'y'],
        ['copy', '*'],
        ['add', 'a', 9],
        ['add', 'b', 2],
        ['add', 'c', 3],
      ],
    })
  })

  it('merges a step that both changed, part by part, and asks for the part that both changed', () => {
    const base = { steps: [['add', 'name', ['upper', '_S.a']]] }
    const one = { steps: [['add', 'title', ['upper', '_S.a']]] }
    const other = { steps: [['add', 'name', ['lower', '_S.a']]] }
    expect(mergeJson(base, one, other, chooseMine).value).toEqual({ steps: [['add', 'title', ['lower', '_S.a']]] })
    const third = { steps: [['add', 'label', ['upper', '_S.a']]] }
    const { value, conflicts } = mergeJson(base, one, third, chooseTheirs)
    expect(value).toEqual(third)
    expect(conflicts).toEqual([{ path: ['steps', 0, 1], isRun: false, base: 'name', mine: 'title', theirs: 'label' }])
  })

  it('asks where one removed what the other changed, and where both put other items in one place', () => {
    expect(mergeJson({ a: 1 }, {}, { a: 2 }, chooseTheirs)).toMatchObject({
      value: { a: 2 },
      conflicts: [{ path: ['a'] }],
    })
    const lists = mergeJson({ l: ['x'] }, { l: ['x', 'm'] }, { l: ['x', 't', 'u'] }, chooseTheirs)
    expect(lists).toMatchObject({ value: { l: ['x', 't', 'u'] }, conflicts: [{ path: ['l', 1], isRun: true }] })
  })

  it('takes changes of both in different places of a list, also side by side', () => {
    const merged = mergeJson([1, 2, 3, 4], [0, 1, 2, 3, 4], [1, 2, 4, 5], chooseMine)
    expect(merged).toEqual({ value: [0, 1, 2, 4, 5], conflicts: [] })
    expect(mergeJson(['x'], ['x', 'added'], ['changed'], chooseMine)).toEqual({
      value: ['changed', 'added'],
      conflicts: [],
    })
    expect(mergeJson([1, 2], [1, 3], [1, 4], chooseMine)).toMatchObject({ value: [1, 3], conflicts: [{ path: [1] }] })
  })
})
