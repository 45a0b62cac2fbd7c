import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { valueAtPath, withInserted, withMoved, withoutPath, withValueAt } from '../../../app/pipe/json-edits.ts'
import { stagesOf } from '../../../app/pipe/stages.ts'
import { insertTransform, moveTransform, removeTransform } from '../../../app/pipe/transform-edits.ts'
import type { Json, JsonObject, JsonPath } from '../../../engine-worker/index.ts'

const key = fc.oneof(fc.constantFrom('a', 'b', '__proto__', 'toString'), fc.nat(3))
const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Json>(null, true, 1, 'x'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), tie('value'), { maxKeys: 3 }) as fc.Arbitrary<Json>,
  ),
})).value

describe('edits at a path', () => {
  test('putting back what stands there changes nothing', () => {
    fc.assert(
      fc.property(json, fc.array(key, { maxLength: 3 }), (root, path) => {
        const value = valueAtPath(root, path)
        if (value !== undefined) expect(withValueAt(root, path, value)).toEqual(root)
      }),
    )
  })

  test('what was put can be read', () => {
    fc.assert(
      fc.property(
        json,
        fc.array(fc.constantFrom('a', '__proto__', 'z'), { minLength: 1, maxLength: 3 }),
        (root, path) => {
          const objects = typeof root === 'object' && root !== null && !Array.isArray(root) ? root : {}
          const after = withValueAt(objects, path, 42)
          if (path.slice(0, -1).every((_, n) => !Array.isArray(valueAtPath(objects, path.slice(0, n + 1))))) {
            expect(valueAtPath(after, path)).toBe(42)
          }
        },
      ),
    )
  })

  test('removing what was inserted gives the list back', () => {
    fc.assert(
      fc.property(fc.array(json, { maxLength: 5 }), fc.nat(5), (list, index) => {
        const path: JsonPath = ['a', Math.min(index, list.length)]
        expect(withoutPath(withInserted({ a: list }, path, 'new'), path)).toEqual({ a: list })
      }),
    )
  })

  test('moving keeps every item, and says where the moved one stands', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(99), { minLength: 1, maxLength: 6 }), fc.nat(5), fc.nat(6), (list, f, t) => {
        const from = f % list.length
        const { root, path } = withMoved({ a: list }, ['a', from], ['a', Math.min(t, list.length)])
        expect(valueAtPath(root, path)).toBe(list[from])
        expect([...((valueAtPath(root, ['a']) ?? []) as number[])].sort()).toEqual([...list].sort())
      }),
    )
  })

  test('a step can move into a branch that stands after it', () => {
    const rules = {
      default: [
        ['copy', '*'],
        ['if', true, [['add', 'x', 1]]],
      ],
    }
    const { root, path } = withMoved(rules, ['default', 0], ['default', 1, 2, 0])
    expect(root).toEqual({
      default: [
        [
          'if',
          true,
          [
            ['copy', '*'],
            ['add', 'x', 1],
          ],
        ],
      ],
    })
    expect(path).toEqual(['default', 0, 2, 0])
  })

  test('nothing moves into itself', () => {
    const rules = { default: [['if', true, [['copy', '*']]]] }
    expect(withMoved(rules, ['default', 0], ['default', 0, 2, 0]).root).toBe(rules)
  })
})

describe('stages', () => {
  const dtl = { type: 'dtl', rules: { default: [['copy', '*']] } }
  const pipe: JsonObject = { _id: 'p', type: 'pipe', source: { type: 'embedded' }, transform: dtl }

  test('a pipe without sink has an implied dataset sink', () => {
    expect(stagesOf(pipe).map(({ id, type, implied }) => [id, type, implied])).toEqual([
      ['source', 'embedded', false],
      ['transform/0', 'dtl', false],
      ['sink', 'dataset', true],
    ])
  })

  test('a second transform makes a list; taking it out leaves the first', () => {
    const two = insertTransform(pipe, 1, { type: 'emit_children' })
    expect(two.transform).toEqual([dtl, { type: 'emit_children' }])
    expect(moveTransform(two, 1, 0).transform).toEqual([{ type: 'emit_children' }, dtl])
    expect(removeTransform(two, 1).transform).toEqual([dtl])
    expect(removeTransform(pipe, 0)).toEqual({ _id: 'p', type: 'pipe', source: { type: 'embedded' } })
  })
})
