/** Parquet files: columns with types. */
import { readDecimal } from '../../entity/decimal.ts'
import { Bytes, DateTime, type Dict, float, integer, type Value } from '../../entity/value.ts'
import { defineFormat } from '../format.ts'
import { tableOfObjects } from '../table.ts'

export const parquetFormat = defineFormat({
  kind: 'parquet',
  endings: ['parquet'],
  partial: false,
  begins: (bytes) => new TextDecoder().decode(bytes.subarray(0, 4)) === 'PAR1',
  read: async (bytes) => {
    // hyparquet: the whole format in plain JavaScript, without WebAssembly or eval. fzstd and fflate: pages that are packed.
    const [{ parquetReadObjects }, { gunzipSync }, { decompress }] = await Promise.all([
      import('hyparquet'),
      import('fflate'),
      import('fzstd'),
    ])
    const file = new Uint8Array(bytes).buffer
    const compressors = {
      GZIP: (page: Uint8Array, length: number) => gunzipSync(page, { out: new Uint8Array(length) }),
      ZSTD: (page: Uint8Array, length: number) => decompress(page, new Uint8Array(length)),
    }
    const objects = await parquetReadObjects({ file, compressors })
    return tableOfObjects(objects.map(dictOf), true)
  },
})

function dictOf(object: object): Dict {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, readValue(value)]))
}

function readValue(value: unknown): Value {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'bigint':
      return integer(value)
    case 'number':
      return Number.isInteger(value) ? value : (readDecimal(String(value)) ?? float(value))
    case 'object':
      if (value instanceof Date) return timeOf(value)
      if (value instanceof Uint8Array) return new Bytes(value)
      if (Array.isArray(value)) return value.map(readValue)
      return value === null ? null : dictOf(value)
    default:
      return null
  }
}

function timeOf(date: Date): Value {
  const milliseconds = date.getTime()
  if (Number.isNaN(milliseconds)) return null
  const seconds = Math.floor(milliseconds / 1000)
  return new DateTime(seconds, (milliseconds - seconds * 1000) * 1_000_000)
}
