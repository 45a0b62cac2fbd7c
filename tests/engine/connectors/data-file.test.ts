/** Large files that are read in pieces give the same entities as the whole text. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DataFile } from '../../../engine-worker/connectors/open-context.ts'
import { decodeAs, encodeText } from '../../../engine-worker/entity/charset.ts'
import { encodeTransit, printEntity } from '../../../engine-worker/entity/transit.ts'
import { anyEntity } from '../entity/arbitrary.ts'
import { output } from './open.ts'

/** A file of these bytes that is read in pieces of a given size. */
function fileOf(name: string, content: string | Uint8Array, piece: number): DataFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return {
    name,
    size: bytes.length,
    async *bytes() {
      for (let from = 0; from < bytes.length; from += piece) yield bytes.subarray(from, from + piece)
    },
  }
}

const json = { source: { type: 'json', system: 's', url: 'x' } }
const csv = (more: object = {}) => ({ source: { type: 'csv', system: 's', url: 'x', primary_key: 'id', ...more } })

describe('a large file', () => {
  it('of JSON in any layout, in pieces of any size, gives the entities that were written', async () => {
    const some = fc.array(anyEntity, { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(some, fc.integer({ min: 1, max: 60 }), async (wanted, piece) => {
        const lines = wanted.map(printEntity)
        const layouts = [
          `\ufeff${lines.join('\n')}`,
          lines.map((line) => `${line}\r\n\n`).join(''),
          `[${lines.join(',')}]`,
          `[\n  ${lines.join(',\n  ')}\n]\n`,
        ]
        for (const layout of layouts) {
          const { entities, problems } = await output({ pipe: json, data: fileOf('data.ndjson', layout, piece) })
          expect(problems).toEqual([])
          expect(entities).toEqual(wanted.map(encodeTransit))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('of CSV, in pieces of any size, gives what its text gives', async () => {
    const field = fc.string({ unit: fc.constantFrom('a', 'ø', '"', ';', ',', '\n', '\r\n', ' ', '1'), maxLength: 6 })
    const rows = fc.array(fc.tuple(field, field), { maxLength: 8 })
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 40 }), fc.boolean(), async (some, piece, preserve) => {
        const pipe = csv({ preserve_empty_strings: preserve })
        const lines = some.map(([a, b], index) => `${index},${quoted(a)},${quoted(b)}`)
        // One file may mix the line endings of rows.
        const text = ['id,first,second', ...lines]
          .map((line, index) => line + (['\n', '\r\n', '\r'][(index + piece) % 3] ?? ''))
          .join('')
        const whole = await output({ pipe, files: { 'testdata/p.csv': text } })
        expect(await output({ pipe, data: fileOf('data.csv', text, piece) })).toEqual(whole)
        expect(whole.entities).toHaveLength(some.length)
      }),
      { numRuns: 60 },
    )
  })

  it('of CSV is read in the character set of the source, and refused where it is in another', async () => {
    const latin = encodeText('id,name\n1,Åse\n2,Bjørn\n', 'iso-8859-1')
    expect(decodeAs(latin, 'iso-8859-1', true)).toContain('Åse')
    const entities = [
      { _id: '1', id: '1', name: 'Åse' },
      { _id: '2', id: '2', name: 'Bjørn' },
    ]
    const data = fileOf('data.csv', latin, 5)
    expect(await output({ pipe: csv({ encoding: 'latin-1' }), data })).toMatchObject({ entities, problems: [] })
    expect(await output({ pipe: csv(), data })).toMatchObject({ entities: [], problems: ['wrong-encoding'] })
  })

  it('of CSV whose rows have the same key warns as its text does', async () => {
    const text = `id,name\n${Array.from({ length: 3000 }, (_, row) => `${row % 2900},x${row}`).join('\n')}\n`
    const whole = await output({ pipe: csv(), files: { 'testdata/p.csv': text } })
    expect(whole.problems).toEqual(['csv-rows-collide'])
    expect(await output({ pipe: csv(), data: fileOf('data.csv', text, 1000) })).toEqual(whole)
  })

  it('gives the same numbers to an http_endpoint as its text does', async () => {
    const pipe = { source: { type: 'http_endpoint' } }
    const text = '{"_id": "1", "n": 1.10, "m": 2.0}\n{"_id": "2", "n": 12345678901234567.89}\n'
    const whole = await output({ pipe, files: { 'testdata/p.ndjson': text } })
    expect(await output({ pipe, data: fileOf('p.ndjson', text, 7) })).toEqual(whole)
  })

  it('says in which line it cannot be read, and where it ends too early', async () => {
    const problemsReading = async (text: string) =>
      (await output({ pipe: json, data: fileOf('d.json', text, 9) })).problems
    expect(await problemsReading('{"_id": "1"}\n{"_id": }\n')).toEqual(['json-broken'])
    expect(await problemsReading('[{"_id": "1"},\n{"_id": "2"}\n')).toEqual(['json-broken'])
    expect(await problemsReading('{"_id": "1"}\n[1]\n')).toEqual(['entity-not-an-object'])
    expect(await problemsReading('')).toEqual([])
  })
})
