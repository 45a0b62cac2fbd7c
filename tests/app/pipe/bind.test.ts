import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { slotsOf } from '../../../app/pipe/bind.ts'
import { isStepPlace, stepAt } from '../../../app/pipe/step-place.ts'
import { functions, functionTable } from '../../../engine-worker/dtl/registry.ts'
import { bind } from '../../../engine-worker/dtl/tree/bind.ts'
import type { Json } from '../../../engine-worker/index.ts'

describe('which written argument belongs to which declared one', () => {
  test('the form binds every function as the engine does, whatever the number of arguments', () => {
    fc.assert(
      fc.property(fc.constantFrom(...functions), fc.nat(7), (declared, given) => {
        const call = [declared.name, ...Array.from({ length: given }, () => null)]
        const slots = slotsOf(declared, call)
        const bound = bind(declared, given)
        expect(slots?.map(({ places }) => places.map((place) => place - 1)) ?? null).toEqual(bound)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('what stands at a place', () => {
  const pipe: Json = {
    transform: [
      {
        type: 'dtl',
        rules: {
          default: [
            ['add', 'a', ['lower', '_S.a']],
            [
              'if',
              ['eq', 1, 1],
              [
                ['add', 'b', 1],
                ['copy', '*'],
              ],
              ['remove', 'c'],
            ],
            ['case', ['eq', 1, 2], ['add', 'd', 1], [['add', 'e', ['list', 1]]]],
          ],
        },
      },
    ],
  }
  const rule = ['transform', 0, 'rules', 'default']
  const stepNode = (...place: number[]) => stepAt(pipe, [...rule, ...place], functionTable)

  test('steps, steps in branches, and expressions in them', () => {
    expect(isStepPlace(pipe, [...rule, 0], functionTable)).toBe(true)
    expect(isStepPlace(pipe, [...rule, 0, 2], functionTable)).toBe(false)
    expect(stepNode(0, 2, 1)).toEqual([...rule, 0])
    expect(stepNode(1, 1)).toEqual([...rule, 1])
    expect(stepNode(1, 2, 0)).toEqual([...rule, 1, 2, 0])
    expect(stepNode(1, 2, 0, 2)).toEqual([...rule, 1, 2, 0])
    expect(stepNode(1, 3)).toEqual([...rule, 1, 3])
    expect(stepNode(2, 1)).toEqual([...rule, 2])
    expect(stepNode(2, 2)).toEqual([...rule, 2, 2])
    expect(stepNode(2, 3, 0, 2)).toEqual([...rule, 2, 3, 0])
  })

  test('above the rules there is no step', () => {
    expect(stepAt(pipe, ['transform', 0], functionTable)).toBeNull()
    expect(stepAt(pipe, rule, functionTable)).toBeNull()
  })
})
