/** The http_endpoint source; configuration-sources-http_endpoint.rst. */
import { describe, expect, test } from 'vitest'
import { printJson } from '../../../../engine-worker/entity/json.ts'
import type { JsonObject } from '../../../../engine-worker/entity/value.ts'
import { output } from '../open.ts'

describe('http_endpoint', () => {
  const outputOf = (source: JsonObject) =>
    output({
      pipe: { source: { type: 'http_endpoint', ...source } },
      files: { 'testdata/p.json': '[{"_id": "1", "a": 1.5, "b": [2.0]}]' },
    })
  test('keeps decimals and integers by default', async () => {
    expect((await outputOf({})).entities).toEqual([{ _id: '1', a: '~f1.5', b: [2] }])
  })
  test('keeps every digit', async () => {
    const files = {
      'testdata/p.json':
        '[{"_id": "1", "a": [12345678901234567.89, 59.912730000000001234, 2.5, 3.0, 12345678901234567890.000, 1e400]}]',
    }
    const firstEntity = async (source: JsonObject) => {
      const { entities } = await output({ pipe: { source: { type: 'http_endpoint', ...source } }, files })
      return printJson(entities)
    }
    expect(await firstEntity({})).toContain(
      `["~f12345678901234567.89","~f59.912730000000001234","~f2.5",3,12345678901234567890,"~f1${'0'.repeat(400)}"]`,
    )
    expect(await firstEntity({ do_float_as_int: false })).toContain('"~f3.0","~f12345678901234567890.000"')
    expect(await firstEntity({ do_float_as_decimal: false })).toContain('2.5,3,12345678901234567890,')
  })
  test('an empty inbox is no problem', async () => {
    expect(await output({ pipe: { source: { type: 'http_endpoint' } } })).toMatchObject({ entities: [], problems: [] })
  })
})
