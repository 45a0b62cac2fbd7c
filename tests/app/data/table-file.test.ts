/** Entities saved for other programs. */

import readXlsxFile from 'read-excel-file/universal'
import { expect, test } from 'vitest'
import { tableFile } from '../../../app/data/table-file.ts'

const entities = [
  '{"_id":"1","name":"Åse","sum":"~f1499.90","day":"~t2024-01-12T00:00:00Z","tags":["a",1]}',
  '{"_id":"2","name":"=1+1","sum":null,"ref":"~:crm:42"}',
]
const columns = ['_id', 'name', 'sum', 'day', 'tags', 'ref']

test('CSV has the columns, nothing that is taken for a formula, and a mark of UTF-8', async () => {
  const { content, ending } = await tableFile('csv', entities, columns)
  expect(ending).toBe('csv')
  expect(content).toBe(
    '\ufeff_id,name,sum,day,tags,ref\r\n1,Åse,1499.90,2024-01-12T00:00:00Z,"[""a"",1]",\r\n2,\'=1+1,,,,crm:42\r\n',
  )
})

test('JSON and lines of JSON are the entities as they are', async () => {
  expect((await tableFile('json', entities, columns)).content).toBe(`[\n${entities.join(',\n')}\n]\n`)
  expect((await tableFile('ndjson', entities, columns)).content).toBe(`${entities.join('\n')}\n`)
})

test('JSON has no properties that are hidden, and every digit of the others', async () => {
  const hidden = new Set(['name', 'day', '_ts'])
  const long = '{"_id":"1","n":100000000000000000000,"f":1.0,"name":"x","_ts":7}'
  expect((await tableFile('ndjson', [long], columns, hidden)).content).toBe(
    '{"_id":"1","n":100000000000000000000,"f":1.0,"_ts":7}\n',
  )
})

test('a workbook keeps numbers and dates', async () => {
  const { content } = await tableFile('excel', entities, columns)
  if (typeof content === 'string') throw new Error('no bytes')
  const [sheet] = await readXlsxFile(new Uint8Array(content).buffer)
  expect(sheet?.data[0]).toEqual(columns)
  expect(sheet?.data[1]).toEqual(['1', 'Åse', 1499.9, new Date('2024-01-12T00:00:00Z'), '["a",1]', null])
  expect(sheet?.data[2]?.slice(0, 2)).toEqual(['2', '=1+1'])
})
