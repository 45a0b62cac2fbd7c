import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../engine-worker/entity/value.ts'
import { output } from '../open.ts'

const rows = '[{"a":1,"b":"x","k":10000000000000000001},{"a":2.5,"b":"y","k":2},{"_id":"own","a":3}]'
const suppliedEntities = async (source: JsonObject, systems: JsonObject[] = []) => {
  const { entities } = await output({ pipe: { source }, systems, files: { 'testdata/p.json': rows } })
  return entities.map((entity) => (entity as JsonObject)._id)
}

describe('supplied rows', () => {
  it('get the _id that the source would make of their primary key', async () => {
    const source = { type: 'sql', system: 's', table: 't' }
    expect(await suppliedEntities({ ...source, primary_key: ['a', 'b'] })).toEqual(['1:x', '2.5:y', 'own'])
    expect(await suppliedEntities({ ...source, primary_key: 'k' })).toEqual(['10000000000000000001', '2', 'own'])
  })

  it('have none where a column of the key has no value, or nothing says what makes it', async () => {
    expect(await suppliedEntities({ type: 'sql', system: 's', table: 't', primary_key: 'c' })).toEqual([
      undefined,
      undefined,
      'own',
    ])
    expect(await suppliedEntities({ type: 'json', system: 's', url: 'x' })).toEqual([undefined, undefined, 'own'])
  })

  it('get the _id that the id_expression of the operation makes', async () => {
    const operations = { get: { url: 'rows', method: 'GET', id_expression: '{{ entity.b }}-{{ a }}' } }
    const rest = { _id: 'r', type: 'system:rest', url_pattern: 'https://r/%s', operations }
    const source = { type: 'rest', system: 'r', operation: 'get' }
    expect((await suppliedEntities(source, [rest])).slice(0, 1)).toEqual(['x-1'])
    expect((await suppliedEntities({ ...source, id_expression: 'n{{ a }}' }, [rest])).slice(0, 1)).toEqual(['n1'])
  })
})
