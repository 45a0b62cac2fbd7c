import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printEntity } from '../../../../engine-worker/entity/transit.ts'
import { type Entity, Float, NI } from '../../../../engine-worker/entity/value.ts'
import { Fault } from '../../../../engine-worker/problem.ts'
import { formatOf, readSupply, type SupplyOptions } from '../../../../engine-worker/storage/ingest/supply.ts'

async function readInPieces(text: string, options: SupplyOptions = {}, piece = text.length || 1) {
  const chunks: string[] = []
  for (let at = 0; at < text.length; at += piece) chunks.push(text.slice(at, at + piece))
  const entities: Entity[] = []
  const problems: string[] = []
  for await (const batch of readSupply(chunks, options)) {
    entities.push(...batch.entities)
    for (const { code, where } of batch.problems) problems.push(`${code} ${where.line}`)
  }
  return { entities, problems }
}

const text = fc.string({ unit: fc.constantFrom('a', '"', '\\', '{', '}', '[', ']', ',', '\n', 'ø', ' ', '~', '1') })
const entities = fc.array(
  fc.record({
    _id: text,
    a: fc.oneof(text, fc.integer(), fc.constant(new Float(1)), fc.constant(new NI('a:b'))),
    'b c': text,
  }),
  { maxLength: 8 },
)

test('JSON in any layout, cut into any pieces, gives the entities that were written', async () => {
  await fc.assert(
    fc.asyncProperty(entities, fc.integer({ min: 1, max: 50 }), async (wanted, piece) => {
      const lines = wanted.map(printEntity)
      const printed = (await readInPieces(lines.join('\n'), {}, piece)).entities.map(printEntity)
      expect(printed).toEqual(lines)
      const layouts = [`[${lines.join(',')}]`, `[\n  ${lines.join(',\n  ')}\n]\n`, `[\n${lines.join('\n,')}]`]
      for (const layout of layouts) {
        expect((await readInPieces(layout, {}, piece)).entities.map(printEntity)).toEqual(lines)
      }
    }),
    { numRuns: 100 },
  )
})

test('CSV cut into any pieces gives the same rows', async () => {
  const csv = '\ufeffid;name;note\r\n1;"Ås; ""x""";\r\n2;b;"two\r\nlines"\r\n\r\n3;c;d'
  for (let piece = 1; piece < csv.length; piece++) {
    const { entities, problems } = await readInPieces(csv, { id: ['id'] }, piece)
    expect(problems).toEqual([])
    expect(entities).toEqual([
      { _id: '1', id: '1', name: 'Ås; "x"' },
      { _id: '2', id: '2', name: 'b', note: 'two\r\nlines' },
      { _id: '3', id: '3', name: 'c', note: 'd' },
    ])
  }
})

test('broken rows are reported with their line and do not stop the others', async () => {
  const { entities, problems } = await readInPieces('{"_id":"1"}\n{"_id":"2",}\n\n{"x":1}\n[1]\n{"_id":"3"}\n', {
    format: 'ndjson',
  })
  expect(entities.map(({ _id }) => _id)).toEqual(['1', '3'])
  expect(problems).toEqual(['json-broken 2', 'supplied-without-id 4', 'entity-not-an-object 5'])
  const csv = await readInPieces('_id,a\n1,x\n2,y,z\n,w\n3,v\n')
  expect(csv.entities.map(({ _id }) => _id)).toEqual(['1', '3'])
  expect(csv.problems).toEqual(['supplied-row-broken 3', 'supplied-without-id 4'])
})

test('text that ends too early or is no list of objects is a located problem', async () => {
  for (const [broken, line] of [
    ['[\n{"_id":"1"},\n{"_id":"2"', 3],
    ['[1, 2]', 1],
    ['[{"_id": "1"},\n"x"]', 2],
    ['[{"_id": "1"}] oops', 1],
    ['[{"_id": "1"},\n {"_id": "2"}\n', 3],
    ['[{"_id": "1"},\n', 2],
    ['[', 1],
    ['[{"_id": "1"}\n{"_id": "2"}]', 2],
    ['[{"_id": "1"},,{"_id": "2"}]', 1],
  ] as const) {
    const error = await readInPieces(broken, { format: 'json' }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Fault)
    expect(error instanceof Fault && error.problem.where.line).toBe(line)
  }
})

test('the format is recognised by its beginning', () => {
  expect(['[', ' {"a":1}\n{', '{\n "a": 1\n}', 'a,b\n1,2', '"a";"b"'].map(formatOf)).toEqual([
    'json',
    'ndjson',
    'json',
    'csv',
    'csv',
  ])
})

test('keys of objects and of CSV columns may be anything', async () => {
  const csv = await readInPieces('_id,__proto__,constructor\n1,x,y')
  expect(Object.entries(csv.entities[0] ?? {})).toEqual([
    ['_id', '1'],
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ])
})

test('a first piece of a million characters without a line break is looked through once', async () => {
  const list = JSON.stringify([{ _id: '1', text: 'x'.repeat(1_000_000) }])
  const found: Entity[] = []
  for await (const batch of readSupply([list], {})) found.push(...batch.entities)
  expect(found.map(({ _id }) => _id)).toEqual(['1'])
})
