/** The csv_endpoint sink; configuration-sinks-csv_endpoint.rst. */
import { describe, expect, test } from 'vitest'
import { csvFile } from '../../../../engine-worker/connectors/sinks/csv-endpoint.ts'
import type { Entity, Json, JsonObject } from '../../../../engine-worker/entity/value.ts'
import { entitiesOf } from '../open.ts'
import { sent } from './sent.ts'

describe('csv_endpoint', () => {
  const csvText = (config: JsonObject, entities: Entity[]) => {
    const { begin, batch } = csvFile(config)
    return begin + batch(entities)
  }
  const csv = (config: JsonObject, ...entities: Json[]) => csvText(config, entitiesOf(...entities))
  test.each<[string, JsonObject, Json, string]>([
    ['quotes what needs it', { columns: ['a', 'b'] }, { a: 'x,"y"', b: 1 }, 'a,b\r\n"x,""y""",1\r\n'],
    ['can quote everything', { columns: ['a'], quoting: 'all', include_header: false }, { a: 1 }, '"1"\r\n'],
    [
      'can quote all but numbers',
      { columns: ['a', 'b'], quoting: 'non-numeric', include_header: false },
      { a: 1, b: 'x' },
      '1,"x"\r\n',
    ],
    [
      'can escape instead',
      { columns: ['a'], quoting: 'none', escapechar: '\\', include_header: false },
      { a: 'x,y' },
      'x\\,y\r\n',
    ],
    [
      'writes rows as it is told',
      { columns: ['a', 'b'], delimiter: ';', lineterminator: '\n', include_header: false },
      { a: null, b: 'x' },
      ';x\n',
    ],
    [
      'writes values without tags',
      { columns: ['a', 'b', 'c'], include_header: false },
      { a: '~:n:x', b: '~f1.50', c: '~t2020-01-01' },
      'n:x,1.50,2020-01-01\r\n',
    ],
    ['leaves deleted entities out', { columns: ['a'], include_header: false }, { a: 'x', _deleted: true }, ''],
    [
      'shows them when asked',
      { columns: ['a'], include_header: false, 'skip-deleted-entities': false },
      { a: 'x', _deleted: true },
      'x\r\n',
    ],
    ['keeps a single empty field visible', { columns: ['a'], include_header: false }, { b: 1 }, '""\r\n'],
    ['begins with a mark when asked', { columns: ['a'], byte_order_mark: true }, { a: 1 }, '\ufeffa\r\n1\r\n'],
  ])('%s', (_name, config, entity, text) => {
    expect(csv(config, entity)).toBe(text)
  })
})

test('the file is written in its character set, and says how it is to be treated', async () => {
  const [file] = await sent(
    { type: 'csv_endpoint', columns: ['_id'], filename: 'x.csv', encoding: 'latin-1' },
    { _id: 'ę' },
  )
  expect(file).toMatchObject({
    contentType: 'text/csv; charset=iso-8859-1',
    headers: { 'Content-Disposition': 'attachment; filename="x.csv"' },
    text: '_id\r\n\\u0119\r\n',
  })
})
