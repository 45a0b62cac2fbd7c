/** Entity types and models of a project: hub/features/schema-inference.rst, schema-models.rst. */
import { describe, expect, it } from 'vitest'
import { testEngine } from '../../support/engine.ts'
import { memoryPlatform } from '../../support/platform.ts'

const embedded = (entities: readonly object[]) => ({ type: 'embedded', entities })

const pipes = [
  {
    _id: 'crm-person',
    source: embedded([
      { _id: '1', email: 'ada@example.org', age: 36 },
      { _id: '2', email: 'alan@example.org', age: '41' },
      { _id: '3', age: null },
    ]),
    add_namespaces: false,
  },
  {
    _id: 'global-person',
    source: { type: 'merge', datasets: ['crm-person p'], equality: [], identity: 'first' },
    metadata: { global: true },
  },
  {
    _id: 'mail-send',
    source: { type: 'dataset', dataset: 'global-person' },
    transform: {
      type: 'dtl',
      rules: {
        default: [
          ['copy', '_id'],
          ['add', 'to', '_S.crm-person:email'],
        ],
      },
    },
    sink: { type: 'json', system: 'mail', url: 'people' },
    metadata: { models: ['foo', 'bar'] },
  },
  {
    _id: 'hr-person',
    source: embedded([]),
    infer_pipe_entity_types: false,
  },
]

function files(models?: string): Record<string, string> {
  const written = pipes.map((pipe) => [`pipes/${pipe._id}.conf.json`, JSON.stringify({ type: 'pipe', ...pipe })])
  return {
    ...Object.fromEntries(written),
    'systems/mail.conf.json': JSON.stringify({ _id: 'mail', type: 'system:url', url_pattern: 'http://localhost/%s' }),
    ...(models === undefined ? {} : { 'schema-models.json': models }),
  }
}

async function openEngine(models?: string) {
  const engine = testEngine(memoryPlatform())
  await engine.open({ project: 'p', files: files(models) })
  await engine.run({ run: 'first' })
  return engine
}

describe('entity types', () => {
  it('belong to the models of their place, of their prefix, or of metadata.models', async () => {
    const engine = await openEngine()
    const { types, models } = await engine['entity-types']()
    expect(Object.fromEntries(models.map(({ id, types: ids }) => [id, ids]))).toEqual({
      Global: ['global-person'],
      Input: ['crm-person', 'hr-person'],
      bar: ['mail-send'],
      crm: ['crm-person'],
      foo: ['mail-send'],
      global: ['global-person'],
      hr: ['hr-person'],
    })
    expect(types.find(({ pipe, side }) => pipe === 'mail-send' && side === 'sink')?.usualModels).toEqual([
      'Output',
      'mail',
    ])
    expect(types.find(({ pipe, side }) => pipe === 'mail-send' && side === 'source')).toMatchObject({
      dataset: 'global-person',
      entities: 3,
      models: [],
    })
  })

  it('have every property with its types, of all entities of the dataset', async () => {
    const engine = await openEngine()
    const { jsonSchema, entities, isExact, unknown } = await engine['entity-type']({
      pipe: 'crm-person',
      side: 'sink',
    })
    expect({ entities, isExact, unknown }).toEqual({ entities: 3, isExact: true, unknown: null })
    expect(jsonSchema).toMatchObject({
      type: 'object',
      properties: {
        age: { anyOf: [{ type: 'integer' }, { type: 'string' }, { type: 'null' }] },
        email: { type: 'string' },
      },
    })
  })

  it('are known of what a pipe sends outside, and not where inference is off', async () => {
    const engine = await openEngine()
    const sent = await engine['entity-type']({ pipe: 'mail-send', side: 'sink' })
    expect(sent.properties.map(({ name, present }) => [name, present])).toEqual([
      ['_id', 3],
      ['to', 3],
    ])
    const off = await engine['entity-type']({ pipe: 'hr-person', side: 'sink' })
    expect(off).toMatchObject({ unknown: 'off', entities: 0 })
  })

  it('are compared with what explicit models say, which join implicit ones of the same id', async () => {
    const model = {
      id: 'crm',
      name: 'Customers',
      entity_types: [
        {
          id: 'crm-person',
          required: ['email'],
          properties: {
            email: { type: 'string', description: 'Where to write to.' },
            age: { type: 'number' },
            phone: { type: 'string' },
          },
        },
        { id: 'elsewhere', properties: { name: { type: 'string' } } },
      ],
    }
    const engine = await openEngine(JSON.stringify([model]))
    const { models } = await engine['entity-types']()
    expect(models.find(({ id }) => id === 'crm')).toEqual({
      id: 'crm',
      name: 'Customers',
      isImplicit: true,
      isExplicit: true,
      types: ['crm-person', 'elsewhere'],
    })
    const { differences } = await engine['entity-type']({ pipe: 'crm-person', side: 'sink' })
    expect(differences.map(({ code, facts }) => [code, facts.property])).toEqual([
      ['schema-model-type-differs', 'age'],
      ['schema-model-property-unseen', 'phone'],
      ['schema-model-required-missing', 'email'],
    ])
  })
})
