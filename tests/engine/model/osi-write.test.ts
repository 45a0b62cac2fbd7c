/**
 * Models as mapping files: everything that the format can express is written, and means the same when it is read again.
 */
import { expect, test } from 'vitest'
import type { Model } from '../../../engine-worker/model/model.ts'
import { writeOsi } from '../../../engine-worker/model/osi/write.ts'
import { importOsi } from '../../../engine-worker/model/read.ts'
import { testModel } from '../../../engine-worker/model/test/test.ts'
import { machine } from '../../../engine-worker/node/commands/machine.ts'

function modelOf(values: Model['mappings'][number]['properties'][number]['values']): Model {
  const datatypes = { row: { key: ['id'] } }
  return {
    version: 1,
    systems: { crm: { datatypes }, erp: { datatypes } },
    concepts: { c: { keys: [['k']], properties: { k: { rule: 'key' }, Land: { rule: 'priority' } } } },
    mappings: ['crm', 'erp'].map((name) => ({
      name,
      system: name,
      datatype: 'row',
      concept: 'c',
      properties: [
        { from: 'k', to: 'k' },
        { from: 'Land', to: 'Land', ...(name === 'crm' && values ? { values } : {}) },
      ],
    })),
    tests: [
      {
        input: {
          'crm.row': [{ id: 1, k: 'x', Land: "Côte d'Ivoire" }],
          'erp.row': [{ id: 2, k: 'y', Land: 'NO' }],
        },
        expected: {
          'crm.row': { inserts: [{ id: null, k: 'y', Land: 'Norge' }] },
          'erp.row': { inserts: [{ id: null, k: 'x', Land: 'CI' }] },
        },
      },
    ],
  }
}

test('a vocabulary goes out as the expressions of both ways', async () => {
  const model = modelOf([
    { here: 'Norge', there: 'NO' },
    { here: "Côte d'Ivoire", there: 'CI' },
  ])
  expect((await testModel(model, machine)).map(({ differences }) => differences)).toEqual([[]])
  const { text, problems } = writeOsi(model)
  expect(problems).toEqual([])
  const { model: again } = importOsi(text, 'again.yaml')
  if (again === null) throw new Error(text)
  expect((await testModel(again, machine)).map(({ differences }) => differences)).toEqual([[]])
})

test('a vocabulary of objects is said to be left out', () => {
  const { problems } = writeOsi(modelOf([{ here: { code: 1 }, there: 'NO' }]))
  expect(problems.map(({ where }) => where.path)).toEqual([['mappings', 0, 'properties', 1, 'values']])
})
