/** The values of a notification rule by the fields that its kind declares. */
import { expect, it } from 'vitest'
import { ruleKinds } from '../../../../engine-worker/run/notifications/kinds.ts'
import { type PipeRuleKind, ruleValues } from '../../../../engine-worker/run/notifications/rule-kind.ts'

const kind: PipeRuleKind = {
  about: 'pipe',
  type: 'test',
  label: 'Test',
  says: 'Tests.',
  fields: [
    { name: 'limit', label: 'Limit', is: 'number', default: 10 },
    { name: 'pattern', label: 'Pattern', is: 'text' },
  ],
  find: () => null,
}

it('are what the rule gives, or else the default of the field', () => {
  expect(ruleValues(kind, { limit: 3 }).number('limit')).toBe(3)
  expect(ruleValues(kind, {}).number('limit')).toBe(10)
  expect(ruleValues(kind, { limit: 0 }).number('limit')).toBe(0)
  expect(ruleValues(kind, { pattern: 'closed' }).text('pattern')).toBe('closed')
  expect(ruleValues(kind, {}).text('pattern')).toBe('')
})

it('do not come from what every object has', () => {
  const named: PipeRuleKind = { ...kind, fields: [{ name: 'constructor', label: 'x', is: 'text', default: 'own' }] }
  expect(ruleValues(named, {}).text('constructor')).toBe('own')
})

it('have a default of the type of their field wherever a kind declares one', () => {
  for (const { fields, type } of ruleKinds)
    for (const { name, is, default: value } of fields)
      if (value !== undefined)
        expect([type, name, typeof value]).toEqual([
          type,
          name,
          is === 'number' || is === 'seconds' ? 'number' : 'string',
        ])
})
