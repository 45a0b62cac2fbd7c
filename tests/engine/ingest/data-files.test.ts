/** Data files that become pipes: their formats, their columns, and the relations between them. */

import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import writeXlsxFile, { type SheetData } from 'write-excel-file/universal'
import { fileData } from '../../../engine-worker/api/data-files.ts'
import { EngineHost } from '../../../engine-worker/api/host.ts'
import { inspectFile } from '../../../engine-worker/api/inspect-file.ts'
import { planFiles } from '../../../engine-worker/api/plan-files.ts'
import { relateFiles } from '../../../engine-worker/api/relate-files.ts'
import { machine } from '../../../engine-worker/node/commands/machine.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { customers, kunder, ordrer, windows1252 } from '../../support/analyst-files.ts'
import { callContext } from '../../support/call-context.ts'

function context() {
  const host = new EngineHost({
    environment: machine,
    fetch: null,
    openStore: async () => memoryStore(machine),
    deleteStore: async () => undefined,
  })
  return callContext(host)
}

const inspect = (name: string, content: string | Uint8Array, settings = {}, on = context()) =>
  inspectFile.run({ id: name, name, file: new Blob([new Uint8Array(Buffer.from(content))]), settings }, on)

const workbook = async (rows: SheetData) => new Uint8Array(await (await writeXlsxFile(rows).toBlob()).arrayBuffer())

const columnsOf = ({ columns }: Awaited<ReturnType<typeof inspect>>) =>
  Object.fromEntries(columns.map((column) => [column.name, column]))

describe('CSV', () => {
  test('separator, character set, header and key are found', async () => {
    const report = await inspect('kunder.csv', windows1252(kunder))
    expect(report).toMatchObject({
      kind: 'csv',
      rows: 6,
      complete: true,
      form: { delimiter: ';', encoding: 'windows-1252', header: true, named: true, regular: 6, quoted: false },
    })
    expect(report.otherwise?.text).toContain('\ufffd')
    expect(report.keys.single[0]).toBe('Kundenr')
  })

  test('columns say what they look like, and how many values a conversion reads', async () => {
    const columns = columnsOf(await inspect('kunder.csv', windows1252(kunder)))
    expect(columns.Kundenr?.look).toEqual({ is: 'digits', width: 5, zeros: true })
    expect(columns.Kundenr?.conversion).toBeNull()
    expect(columns.Kredittgrense?.conversion).toMatchObject({
      shape: 'decimal-comma',
      read: 6,
      of: 6,
      suggested: true,
    })
    expect(columns.Kredittgrense?.firstConverted[0]).toBe('"~f12500.50"')
    expect(columns.Telefon?.conversion).toMatchObject({ shape: 'phone', read: 4, of: 5, unread: ['4141 414'] })
    expect(columns.Telefon?.firstConverted.slice(2, 4)).toEqual(['"~rtel:+47-41-22-33-44"', null])
    expect(columns['Kunde siden']?.conversion).toMatchObject({
      shape: 'date',
      format: 'dd.mm.yyyy',
      read: 5,
      of: 6,
      unread: ['31.02.2021'],
    })
    expect(columns['E-post']?.conversion).toMatchObject({ shape: 'e-mail', suggested: false })
    expect(columns.Postnr?.conversion).toBeNull()
    expect(columns.By?.conversion).toBeNull()
  })

  test.each([
    ['a,b\n1,2\n', ',', true],
    ['a\tb\n1\t2\n', '\t', true],
    ['1;2;3\n4;5;6\n', ';', false],
    ['name\nAda\nBo\n', ',', true],
  ])('%j is read', async (text, delimiter, header) => {
    expect((await inspect('x.csv', text)).form).toMatchObject({ delimiter, header })
  })

  test('a person may say otherwise', async () => {
    const report = await inspect('x.csv', 'a;b\n1;2\n', { delimiter: ',', header: false, encoding: 'iso-8859-1' })
    expect(report.form).toMatchObject({ delimiter: ',', header: false, encoding: 'iso-8859-1' })
    expect(report.columns.map(({ name }) => name)).toEqual(['column1'])
    expect(report.rows).toBe(2)
  })

  test('names that are missing or there twice get names of their own', async () => {
    const report = await inspect('x.csv', 'a;a;;b\n1;2;3;4\n')
    expect(report.columns.map(({ name }) => name)).toEqual(['a', 'a2', 'column3', 'b'])
    expect(report.form?.named).toBe(false)
  })

  test('organisation numbers are told from other numbers by their check digit', async () => {
    const columns = columnsOf(await inspect('x.csv', 'orgnr;tall\n974 760 673;974760674\n923609016;123456789\n'))
    expect(columns.orgnr?.conversion).toMatchObject({ shape: 'organisation-number', read: 2, of: 2 })
    expect(columns.orgnr?.firstConverted).toEqual(['"974760673"', '"923609016"'])
    expect(columns.tall?.conversion?.shape).toBe('integer')
  })
})

test('JSON, lines of JSON, XML and Excel are tables, too', async () => {
  const json = await inspect('a.json', '{"meta":1,"items":[{"id":"1","n":"x"},{"id":"2","n":"y","more":[1]}]}')
  expect(json).toMatchObject({ kind: 'json', rows: 2 })
  expect(json.columns.map(({ name }) => name)).toEqual(['id', 'n', 'more'])
  const lines = await inspect('a.ndjson', '{"id":"1"}\n{"id":"2"}\n')
  expect(lines).toMatchObject({ kind: 'ndjson', rows: 2 })
  const xml = await inspect('a.xml', '<root><row id="1"><name>Åse</name></row><row id="2"><name>Bo</name></row></root>')
  expect(xml).toMatchObject({ kind: 'xml', rows: 2 })
  expect(xml.columns.map(({ name }) => name).sort()).toEqual(['id', 'name'])
  const sheet = await writeXlsxFile([
    [{ value: 'nr' }, { value: 'sum' }, { value: 'day' }],
    [
      { value: '007' },
      { value: 12.5, type: Number },
      { value: new Date('2024-01-12T00:00:00Z'), type: Date, format: 'dd.mm.yyyy' },
    ],
  ]).toBlob()
  const excel = columnsOf(await inspect('a.xlsx', new Uint8Array(await sheet.arrayBuffer())))
  expect(excel.nr?.first).toEqual(['"007"'])
  expect(excel.sum?.first).toEqual(['"~f12.5"'])
  expect(excel.day?.first).toEqual(['"~t2024-01-12T00:00:00Z"'])
})

test('a sheet may begin with a title, and name its columns in merged cells over several rows', async () => {
  const bytes = await workbook([
    [{ value: 'Customers 2026', columnSpan: 6 }],
    [],
    [
      { value: 'Nr', rowSpan: 2 },
      { value: 'Name', rowSpan: 2 },
      { value: 'Address', columnSpan: 2 },
      null,
      { value: 'Credit', columnSpan: 2 },
    ],
    [null, null, { value: 'Street' }, { value: 'Town' }, { value: 'Limit' }, { value: 'Since' }],
    [{ value: 1 }, { value: 'Åse' }, { value: 'Main 1' }, { value: 'Oslo' }, { value: 12.5 }, { value: 2019 }],
    [{ value: 2 }, { value: 'Bo' }, null, { value: 'Bodø' }, { value: 0 }, { value: 2020 }],
  ])
  const names = ['Nr', 'Name', 'Address Street', 'Address Town', 'Credit Limit', 'Credit Since']
  const found = await inspect('a.xlsx', bytes)
  expect(found).toMatchObject({ rows: 2, headRow: 4 })
  expect(found.columns.map(({ name }) => name)).toEqual(names)
  const said = await inspect('a.xlsx', bytes, { headRow: 3 })
  expect(said.rows).toBe(3)
  expect(said.columns.map(({ name }) => name)).toEqual(['Nr', 'Name', 'Address', 'Address2', 'Credit', 'Credit2'])
  const none = await inspect('a.xlsx', bytes, { headRow: 0 })
  expect(none.rows).toBe(5)
  expect(none.columns[0]?.name).toBe('column1')
})

test('a sheet of texts alone has its names in its first row', async () => {
  const bytes = await workbook([
    [{ value: 'name' }, null, { value: 'town' }],
    [{ value: 'Kari' }, { value: 'x' }, { value: 'Oslo' }],
    [{ value: 'Bo' }, { value: 'y' }, { value: 'Bodø' }],
  ])
  const found = await inspect('a.xlsx', bytes)
  expect(found).toMatchObject({ rows: 2, headRow: 1 })
  expect(found.columns.map(({ name }) => name)).toEqual(['name', 'column2', 'town'])
})

test.each([
  ['x.xlsx', 'not a zip'],
  ['x.xlsx', zipSync({ 'a.txt': new Uint8Array(3) })],
  ['x.parquet', 'PAR1'],
  ['x.json', '{"a":'],
  ['x.xml', '<a><b></a>'],
])('%s that is broken says so', async (name, content) => {
  await expect(inspect(name, content)).rejects.toMatchObject({ problem: { code: 'file-unreadable' } })
})

test('files that belong together are found, and become pipes that merge and join them', async () => {
  const on = context()
  await inspect('kunder.csv', windows1252(kunder), {}, on)
  await inspect('customers.csv', customers, {}, on)
  await inspect('ordrer.csv', windows1252(ordrer), {}, on)
  const ids = ['kunder.csv', 'customers.csv', 'ordrer.csv']
  const relations = await relateFiles.run({ ids }, on)
  const best = relations.filter(({ best: isBest }) => isBest)
  expect(best.find(({ kind }) => kind === 'merge')).toMatchObject({
    one: { file: 'kunder.csv', column: 'E-post' },
    many: { file: 'customers.csv', column: 'email' },
    matched: 3,
    exact: 1,
    alone: 3,
  })
  expect(best.find(({ kind, one }) => kind === 'join' && one.file === 'kunder.csv')).toMatchObject({
    many: { file: 'ordrer.csv', column: 'Kunde-epost' },
    matched: 5,
    of: 6,
    most: 2,
  })
  const decided = ids.map((id) => ({
    id,
    pipe: id.replace('.csv', ''),
    url: null,
    key: { columns: [id === 'kunder.csv' ? 'Kundenr' : id === 'customers.csv' ? 'id' : 'Ordrenr'] },
    converted: ['Telefon', 'Kunde siden', 'Kredittgrense', 'Beløp'],
    keepEmpty: false,
  }))
  const chosen = best
    .filter(({ many }) => many.file !== 'ordrer.csv' || true)
    .map(({ kind, ...more }) => ({ how: kind, ...more }))
  const components = await planFiles.run(
    { files: decided, relations: chosen.filter(({ one }) => one.file === 'kunder.csv'), namespaced: false, taken: [] },
    on,
  )
  expect(components.map(({ _id }) => _id)).toEqual(['files', 'kunder', 'customers', 'ordrer', 'global-kunder'])
  expect(components[1]).toEqual({
    _id: 'kunder',
    type: 'pipe',
    source: {
      type: 'csv',
      system: 'files',
      url: 'kunder.csv',
      has_header: true,
      primary_key: 'Kundenr',
      delimiter: ';',
      encoding: 'windows-1252',
    },
    transform: {
      type: 'dtl',
      rules: {
        default: [
          ['copy', '*'],
          ['add', 'Telefon', ['coalesce', ['list', ['phonenumber-parse', 'NO', '_S.Telefon'], '_S.Telefon']]],
          [
            'add',
            'Kunde siden',
            ['coalesce', ['list', ['datetime-parse', '%d.%m.%Y', '_S.Kunde siden'], '_S.Kunde siden']],
          ],
          ['add', 'Kredittgrense', ['decimal', ['replace', ',', '.', ['replace', ' ', '', '_S.Kredittgrense']]]],
        ],
      },
    },
  })
  expect(components[4]).toMatchObject({
    source: {
      type: 'merge',
      datasets: ['kunder k', 'customers c'],
      equality: [['eq', ['lower', 'k.E-post'], ['lower', 'c.email']]],
    },
    transform: {
      rules: {
        default: [
          ['copy', '*'],
          [
            'add',
            'ordrer',
            ['hops', { datasets: ['ordrer o'], where: [['eq', ['lower', '_S.E-post'], ['lower', 'o.Kunde-epost']]] }],
          ],
        ],
      },
    },
  })
})

test('a key that is added stands in the data, and rows of other formats get their ids', async () => {
  const on = context()
  await inspect('x.csv', 'a;b\n1;x\n1;x\n', {}, on)
  expect(await fileData.run({ id: 'x.csv', key: { add: 'row' } }, on)).toEqual({
    ending: 'csv',
    text: 'a;b;row\r\n1;x;1\r\n1;x;2',
  })
  await inspect('x.json', '[{"a":1,"b":"~:c:d"},{"a":2,"b":null}]', {}, on)
  expect(await fileData.run({ id: 'x.json', key: { columns: ['a'] } }, on)).toEqual({
    ending: 'ndjson',
    text: '{"_id":"1","a":1,"b":"~:c:d"}\n{"_id":"2","a":2}',
  })
})

test('a broken line of many is named with its number', async () => {
  const lines = '{"id": 1}\n\n{"id": 2,\n{"id": 3}\n'
  await expect(inspect('orders.ndjson', lines)).rejects.toMatchObject({
    problem: { facts: { file: 'orders.ndjson', reason: expect.stringMatching(/^line 3: This is not valid JSON: /) } },
  })
})
