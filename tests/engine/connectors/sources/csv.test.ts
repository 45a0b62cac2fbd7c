/** The csv source; configuration-sources-csv.rst. */
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../../engine-worker/entity/value.ts'
import { output } from '../open.ts'
import { web } from './web.ts'

describe('csv', () => {
  const csv = (settings: JsonObject, text: string) =>
    output({
      pipe: { source: { type: 'csv', system: 'web', url: 'x.csv', primary_key: 'id', ...settings } },
      systems: [web],
      files: { 'data/x.csv': text },
    })
  test('rows become entities, empty fields are left out, the delimiter is guessed', async () => {
    expect((await csv({}, 'id;name;city\n1;Ann;\n2;"B;b";Oslo\n')).entities).toEqual([
      { _id: '1', id: '1', name: 'Ann' },
      { _id: '2', id: '2', name: 'B;b', city: 'Oslo' },
    ])
  })
  test('settings: no header, names, compound key, columns left out, empty texts kept', async () => {
    const settings = { has_header: false, field_names: ['a', 'b', 'c'], primary_key: ['a', 'b'], blacklist: ['a'] }
    expect((await csv({ ...settings, preserve_empty_strings: true, delimiter: ',' }, '1,2,\r\n')).entities).toEqual([
      { _id: '1:2', b: '2', c: '' },
    ])
  })
  test('a missing key column and a missing key are located problems', async () => {
    expect((await csv({ primary_key: 'no' }, 'id,x\n1,2\n')).problems).toEqual(['csv-column-missing'])
    expect((await csv({}, 'id,x\n,2\n')).problems).toEqual(['csv-no-key'])
  })
  test('a file over the network is read in its character set', async () => {
    const readWith = (encoding: string) => {
      const fetch = async () => new Response(new Uint8Array([0x69, 0x64, 0x0a, 0xf8, 0x0a]))
      const source = { type: 'csv', system: 'web', url: 'x.csv', primary_key: 'id', encoding }
      return output({ pipe: { source }, systems: [web], fetch })
    }
    expect((await readWith('iso-8859-1')).entities).toEqual([{ _id: 'ø', id: 'ø' }])
    expect((await readWith('utf-8')).problems).toEqual(['wrong-encoding'])
    expect((await readWith('klingon')).problems).toEqual(['unknown-encoding'])
  })
  test('a file of the project is read in the character set of the source', async () => {
    const readBytes = (encoding: JsonObject, bytes: number[], path = 'data/x.csv') => {
      const source = { type: 'csv', system: 'web', url: 'x.csv', primary_key: 'id', ...encoding }
      return output({
        pipe: { source },
        systems: [web],
        files: { [path]: Uint8Array.from([0x69, 0x64, 0x0a, ...bytes, 0x0a]) },
      })
    }
    expect((await readBytes({ encoding: 'iso-8859-15' }, [0xa4])).entities).toEqual([{ _id: '€', id: '€' }])
    expect((await readBytes({ encoding: 'iso-8859-2' }, [0xa3])).entities).toEqual([{ _id: 'Ł', id: 'Ł' }])
    expect((await readBytes({ encoding: 'latin-1' }, [0xc3, 0xb8])).entities).toEqual([{ _id: 'Ã¸', id: 'Ã¸' }])
    expect((await readBytes({}, [0xf8])).problems).toEqual(['wrong-encoding'])
    expect((await readBytes({ decode_error_strategy: 'replace' }, [0xf8])).entities).toEqual([
      { _id: '\ufffd', id: '\ufffd' },
    ])
    expect((await readBytes({ encoding: 'latin-1' }, [0xf8], 'testdata/p.csv')).entities).toEqual([
      { _id: 'ø', id: 'ø' },
    ])
  })
  test('a text of the project counts as the UTF-8 that it was', async () => {
    expect((await csv({ encoding: 'latin-1' }, 'id\nø\n')).entities).toEqual([{ _id: 'Ã¸', id: 'Ã¸' }])
  })
  test('__proto__ is a column like any other', async () => {
    const { entities } = await csv({}, 'id,__proto__\n1,x\n')
    expect(JSON.stringify(entities)).toBe('[{"_id":"1","id":"1","__proto__":"x"}]')
  })
})
