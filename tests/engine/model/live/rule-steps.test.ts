/** Rules are taken apart into the steps of each property, where it can be told what they read. */
import { expect, test } from 'vitest'
import { readBy, stepGroups, stepsFor } from '../../../../engine-worker/model/live/rule-steps.ts'

test('each property has its steps, those first that others read from', () => {
  const groups = stepGroups([
    ['add', 'full', ['concat', '_T.first', ' ', '_S.last']],
    ['add', 'first', ['lower', '_S.first']],
    ['if', ['is-null', '_T.first'], ['add', 'first', 'nobody']],
  ])
  expect(groups?.map(({ writes, source, target }) => ({ writes, source, target }))).toEqual([
    { writes: ['full', 'first'], source: ['last', 'first'], target: [] },
  ])
  const apart = stepGroups([
    ['add', 'first', '_S.first'],
    ['add', 'full', ['concat', '_T.first', '_S.last']],
  ])
  expect(apart?.map(({ writes, target }) => [writes, target])).toEqual([
    [['first'], []],
    [['full'], ['first']],
  ])
})

test('what is removed again is no property, and belongs to what reads it', () => {
  const groups = stepGroups([
    ['add', '$winner', ['first', '_S.names']],
    ['add', 'name', '_T.$winner.value'],
    ['remove', '$winner'],
    ['add', 'phone', '_S.phone'],
  ])
  expect(groups?.map(({ writes }) => writes)).toEqual([['name'], ['phone']])
})

test('what cannot be told is not taken apart', () => {
  expect(stepGroups([['add', 'name', ['apply', 'rule', '_S.']]])).toBeNull()
  expect(stepGroups([['add', 'name', ['now']]])).toBeNull()
  expect(stepGroups([['add', 'name', '_T.']])).toBeNull()
  expect(stepGroups([['copy', '*']])).toBeNull()
  expect(stepGroups([['add', 'name', '_P._S.name']])).toBeNull()
})

test('a property comes with all that it is made of, and the datasets that are looked into', () => {
  const steps = [
    [
      'add',
      'firm',
      ['first', ['hops', { datasets: ['global-firm g'], where: [['eq', '_S.firm', 'g.id']], return: 'g.' }]],
    ],
    ['add', 'unused', '_S.other'],
    ['add', '$operation', ['if', ['is-null', '_T.firm'], 'insert', '_S.own.name']],
  ]
  const group = stepsFor('$operation', steps)
  expect(group).toMatchObject({ writes: ['$operation'], source: ['firm', 'own'], datasets: ['global-firm'] })
  expect(group?.steps).toEqual([steps[0], steps[2]])
  expect(readBy(steps)?.source).toEqual(['firm', 'other', 'own'])
})
