/** What a form needs of each declared property, at any depth: a sentence, choices that exist, conditions that can hold. */
import { describe, expect, test } from 'vitest'
import { allKinds } from '../../../engine-worker/config/model/declared.ts'
import type { Field } from '../../../engine-worker/config/model/define.ts'
import { fieldsInside } from '../../../engine-worker/config/model/field-type.ts'
import '../../../engine-worker/connectors/kinds.ts'

interface FieldPlace {
  readonly at: string
  readonly field: Field
  readonly beside: readonly Field[]
}

function placesOf(fields: readonly Field[], before: string): readonly FieldPlace[] {
  return fields.flatMap((field) => {
    const at = `${before} ${field.name}`
    return [{ at, field, beside: fields }, ...placesOf(fieldsInside(field.type), at)]
  })
}

const places = allKinds().flatMap(({ role, type, fields }) => placesOf(fields, `${role} ${type}`))
const placesWhere = (is: (place: FieldPlace) => boolean) => [...new Set(places.filter(is).map(({ at }) => at))]

describe('each property of each kind', () => {
  test('says in a sentence what it is for', () => {
    expect(places.length).toBeGreaterThan(1000)
    expect(placesWhere(({ field }) => !/^[A-Z"$_].{8,}[.)]$/s.test(field.says))).toEqual([])
  })

  test('offers only defaults that its form can show', () => {
    const wrong = placesWhere(({ field: { type, default: given } }) => {
      if (given === undefined) return false
      if (type.is === 'choice') return !type.of.some((each) => each === given)
      if (type.is === 'boolean') return typeof given !== 'boolean'
      if (type.is === 'integer') return !Number.isInteger(given)
      if (type.is === 'number') return typeof given !== 'number'
      return false
    })
    expect(wrong).toEqual([])
  })

  test('has only conditions on properties beside it that can hold', () => {
    const conditional = places.filter(({ field }) => field.when !== undefined)
    expect(conditional.length).toBeGreaterThan(5)
    const wrong = placesWhere(({ field, beside }) =>
      Object.entries(field.when ?? {}).some(([name, values]) => {
        const other = beside.find((each) => each.name === name)
        if (other === undefined || values.length === 0) return true
        const { type } = other
        return type.is === 'choice' && values.some((value) => !type.of.some((each) => each === value))
      }),
    )
    expect(wrong).toEqual([])
  })

  test('that only one way of signing in uses is shown with it alone', () => {
    const signIn = placesWhere(
      ({ field, beside }) =>
        field.aim === 'sign-in' &&
        field.name !== 'authentication' &&
        beside.some(({ name }) => name === 'authentication') &&
        /^(username|password|jwt_token|tripletex)$/.test(field.name) &&
        field.when === undefined,
    )
    expect(signIn).toEqual([])
  })
})
