/** Explicit schema models: what is read, what is refused, and how they are combined with implicit ones. */
import { describe, expect, it } from 'vitest'
import {
  implicitModelsOf,
  mergedModel,
  readSchemaModels,
  schemaModelProblems,
} from '../../../../engine-worker/config/project/schema-models.ts'

const read = (text: string) => readSchemaModels(text)

describe('schema-models.json', () => {
  it('is a list of models with ids; a faulty one is a located problem and the others count', () => {
    const { models, problems } = read(
      '[{"id": "a"}, 3, {"name": "b"}, {"id": "a"}, {"id": "c", "entity_types": {}}, {"id": "d/e"}, {"_id": "f"}]',
    )
    expect(models).toEqual([{ id: 'a' }, { _id: 'f' }])
    expect(problems.map(({ code, where }) => [code, where.path])).toEqual([
      ['schema-model-invalid', [1]],
      ['schema-model-invalid', [2]],
      ['schema-model-invalid', [3]],
      ['schema-model-invalid', [4]],
      ['schema-model-invalid', [5]],
    ])
  })

  it('refuses what is no list, no JSON, and an entity type that occurs twice', () => {
    expect(read('{}').problems).toHaveLength(1)
    expect(read('[').problems).toHaveLength(1)
    expect(read('').problems).toEqual([])
    const twice = '[{"id": "a", "entity_types": [{"id": "x"}, {"id": "x"}]}]'
    expect(read(twice).problems[0]?.facts.reason).toContain('x occurs twice')
  })

  it('is told where an entity type names no pipe and says nothing', () => {
    const text = '[{"id": "a", "entity_types": [{"id": "x"}, {"id": "y"}, {"id": "z", "properties": {}}]}]'
    expect(schemaModelProblems(text, new Set(['y'])).map(({ code, facts }) => [code, facts.type])).toEqual([
      ['schema-model-without-pipe', 'x'],
    ])
  })
})

describe('implicit models', () => {
  const place = { readsDatasets: true, writesDataset: true }

  it('are made of the id up to the first hyphen and of the place of the pipe', () => {
    const implicitModels = (id: string, metadata: Record<string, unknown>, reads: boolean, writes: boolean) =>
      implicitModelsOf({ id, metadata: metadata as never }, { readsDatasets: reads, writesDataset: writes })
    expect(implicitModels('hubspot-contact', {}, false, true)).toEqual(['Input', 'hubspot'])
    expect(implicitModels('hubspot-contact-share', {}, true, false)).toEqual(['Output', 'hubspot'])
    expect(implicitModels('person', {}, true, true)).toEqual(['person'])
    expect(implicitModels('global-person', { global: true }, false, true)).toEqual(['Global', 'global'])
    expect(implicitModels('x-y', { global: true, models: ['foo', 'bar'] }, true, true)).toEqual(['foo', 'bar'])
    expect(implicitModels('x-y', { models: [] }, true, true)).toEqual([])
  })

  it('keep what they know of a type that an explicit model adds to', () => {
    const implicit = {
      id: 'crm',
      name: 'crm',
      entity_types: [{ id: 'p', type: 'object', properties: { a: { type: 'string' } } }],
    }
    const explicit = { id: 'crm', entity_types: [{ id: 'p', properties: { a: { description: 'A.' } } }, { id: 'q' }] }
    expect(mergedModel(implicit, explicit as never)).toEqual({
      id: 'crm',
      name: 'crm',
      entity_types: [
        { id: 'p', type: 'object', properties: { a: { type: 'string', description: 'A.' } } },
        { id: 'q' },
      ],
    })
    expect(implicitModelsOf({ id: 'crm', metadata: {} }, place)).toEqual(['crm'])
  })
})
