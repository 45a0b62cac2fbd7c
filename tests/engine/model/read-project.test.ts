/**
 * Projects as models: a generated project gives its model again, known patterns are recognised, and the rest is listed.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printJson, readJson } from '../../../engine-worker/entity/json.ts'
import { isObject, type Json, type JsonObject } from '../../../engine-worker/entity/value.ts'
import { generate } from '../../../engine-worker/model/generate/pipes.ts'
import type { Model } from '../../../engine-worker/model/model.ts'
import { readModel } from '../../../engine-worker/model/read.ts'
import { modelOfProject } from '../../../engine-worker/model/read-project.ts'
import { modelProblems } from '../../../engine-worker/model/validate.ts'
import { projectOf } from '../../../engine-worker/text/project.ts'
import { largeNode } from '../../support/large-node.ts'
import { randomModel } from './random.ts'

const projectWith = (configs: readonly JsonObject[]) =>
  projectOf(configs.map((config) => ({ path: `pipes/${config._id}.conf.json`, content: printJson(config) }))).value

/** The model that is read from a project. */
function modelIn(configs: readonly JsonObject[]): { model: Model; told: string[] } {
  const { model: json, problems } = modelOfProject(projectWith(configs))
  const { model, problems: unread } = readModel(printJson(json), 'model.json')
  expect(unread).toEqual([])
  if (model === null) throw new Error('it was not read')
  return {
    model,
    told: problems.map(({ code, where }) => `${code} ${where.pipe} ${where.path?.join('/') ?? ''}`.trim()),
  }
}

describe('what a model made', () => {
  test(
    'is the same model again',
    () => {
      fc.assert(
        fc.property(randomModel, (model) => {
          const made = generate(model)
          const again = modelIn(made.map(({ config }) => config))
          expect(again.told).toEqual([])
          expect(again.model).toEqual(model)
          expect(generate(again.model)).toEqual(made)
        }),
        { numRuns: process.env.LAWS === undefined ? 40 : Math.ceil(Number(process.env.LAWS) / 10) },
      )
    },
    Math.max(60_000, Number(process.env.LAWS ?? 0) * 100),
  )
})

const enrich = (id: string, steps: readonly unknown[] = []): JsonObject => ({
  _id: `${id}-enrich`,
  type: 'pipe',
  source: { type: 'dataset', dataset: `${id}-collect` },
  namespaces: { identity: id, property: id },
  transform: { type: 'dtl', rules: { default: [['copy', '*'], ...steps] } } as JsonObject,
})
const collect = (id: string, source: JsonObject): JsonObject => ({ _id: `${id}-collect`, type: 'pipe', source })

describe('pipes that people wrote', () => {
  const written: JsonObject[] = [
    { _id: 'hr', type: 'system:postgresql', host: 'h' },
    collect('hr-person', { type: 'sql', system: 'hr', table: 'p', primary_key: ['ssn'] }),
    collect('crm-person', { type: 'embedded', entities: [] }),
    collect('crm-company', { type: 'embedded', entities: [] }),
    enrich('hr-person'),
    enrich('crm-person', [['make-ni', 'crm-company', 'company_id']]),
    enrich('crm-company'),
    {
      _id: 'global-company',
      type: 'pipe',
      source: { type: 'merge_datasets', datasets: ['crm-company-enrich'] },
      transform: {
        type: 'dtl',
        rules: {
          default: [
            ['copy', '*'],
            ['add', 'name', '_S.crm-company:title'],
          ],
        },
      },
      metadata: { global: true },
    },
    {
      _id: 'global-person',
      type: 'pipe',
      source: {
        type: 'merge',
        version: 2,
        datasets: ['hr-person-enrich h', 'crm-person-enrich c'],
        equality_sets: [
          [
            ['lower', 'h.hr-person:mail'],
            ['lower', 'c.crm-person:email'],
          ],
          ['h.$ids', 'c.$ids'],
        ],
      },
      transform: {
        type: 'dtl',
        rules: {
          default: [
            ['copy', '*'],
            ['add', 'email', ['coalesce', ['list', '_S.hr-person:mail', '_S.crm-person:email']]],
            ['add', 'city', ['coalesce-args', '_S.crm-person:address.crm-person:city', '_S.hr-person:town']],
            ['add', 'odd', ['concat', '_S.hr-person:a', '_S.crm-person:b']],
          ],
        },
      },
    },
    {
      _id: 'crm-person-transform',
      type: 'pipe',
      source: { type: 'dataset', dataset: 'global-person' },
      transform: { type: 'dtl', rules: { default: [['add', 'email', '_S.global-person:email']] } },
    },
    { _id: 'report', type: 'pipe', source: { type: 'dataset', dataset: 'global-person' } },
  ]

  test('are a model of their systems, concepts and rules', () => {
    const { model } = modelIn(written)
    expect(model.systems).toMatchObject({
      hr: { config: { type: 'system:postgresql' }, datatypes: { person: { key: ['ssn'] } } },
      crm: { datatypes: { person: { key: ['id'] }, company: { key: ['id'] } } },
    })
    expect(model.concepts.person).toEqual({
      keys: [['email']],
      properties: {
        email: { rule: 'priority', normalise: ['lower'] },
        city: { rule: 'priority' },
        company_id: { rule: 'priority', references: 'company' },
      },
    })
    expect(model.mappings.find(({ name }) => name === 'crm-person')).toEqual({
      name: 'crm-person',
      system: 'crm',
      datatype: 'person',
      concept: 'person',
      properties: [
        { from: 'email', to: 'email', priority: 2 },
        { path: ['address', 'city'], to: 'city', direction: 'in', priority: 1 },
        { from: 'company_id', to: 'company_id', direction: 'in', references: 'crm-company' },
      ],
    })
    expect(modelProblems(model, 'model.json').filter(({ severity }) => severity === 'error')).toEqual([])
  })

  test('what is not recognised is listed with its place', () => {
    expect(modelIn(written).told).toEqual([
      'model-step-not-recognised global-person transform/rules/default/3',
      'model-step-not-recognised global-person source/equality_sets/1',
      'model-pipe-not-recognised report',
    ])
  })

  test('filters, identifiers, systems that only get, merges in two pipes and what is given back are recognised', () => {
    const { model, told } = modelIn([
      enrich('crm-person', [
        ['add', 'company_ref', ['ni', 'crm-company', '_S.company_id']],
        ['filter', ['eq', '_S.active', true]],
      ]),
      enrich('crm-company'),
      {
        _id: 'merged-company',
        type: 'pipe',
        source: { type: 'union_datasets', datasets: ['crm-company-enrich'] },
      },
      {
        _id: 'global-company',
        type: 'pipe',
        source: { type: 'dataset', dataset: 'merged-company' },
        transform: { type: 'dtl', rules: { default: [['add', 'name', '_S.crm-company:title']] } },
      },
      {
        _id: 'global-person',
        type: 'pipe',
        source: {
          type: 'merge',
          datasets: ['crm-person-enrich c', 'person-related r'],
          equality: [['eq', 'c.email', 'r.email']],
        },
        transform: { type: 'dtl', rules: { default: [['add', 'email', '_S.crm-person:mail']] } },
      },
      { _id: 'person-related', type: 'pipe', source: { type: 'dataset', dataset: 'global-person' } },
      {
        _id: 'news-reader-transform',
        type: 'pipe',
        source: { type: 'dataset', dataset: 'global-person' },
        transform: {
          type: 'dtl',
          rules: {
            default: [
              ['filter', ['is-not-empty', '_S.global-person:email']],
              ['add', 'address', '_S.global-person:email'],
            ],
          },
        },
      },
      { _id: 'news-reader-endpoint', type: 'pipe', source: { type: 'dataset', dataset: 'news-reader-transform' } },
    ])
    const mapping = (name: string) => model.mappings.find((each) => each.name === name)
    expect(Object.keys(model.concepts)).toEqual(['company', 'person'])
    expect(mapping('crm-person')).toMatchObject({ filter: ['eq', '_S.active', true] })
    expect(mapping('crm-person')?.properties).toContainEqual({
      from: 'company_id',
      to: 'company_id',
      direction: 'in',
      references: 'crm-company',
    })
    expect(mapping('news-reader')).toEqual({
      name: 'news-reader',
      system: 'news',
      datatype: 'reader',
      concept: 'person',
      share_filter: ['is-not-empty', '_S.email'],
      properties: [{ from: 'address', to: 'email', direction: 'out' }],
    })
    expect(told).toEqual([
      'model-step-not-recognised global-person source/datasets/1',
      'model-step-not-recognised global-person source/equality/0',
    ])
    expect(modelProblems(model, 'model.json').filter(({ severity }) => severity === 'error')).toEqual([])
  })

  test('values that are all kept, and hops as references, are recognised; other hops are listed', () => {
    const global = (concept: string, datasets: string[], steps: Json[]): JsonObject => ({
      _id: `global-${concept}`,
      type: 'pipe',
      source: { type: 'merge', version: 2, datasets },
      transform: { type: 'dtl', rules: { default: [['copy', '*'], ...steps] } },
    })
    const firstHop = (dataset: string, from: string, returns: string): Json => [
      'first',
      ['hops', { datasets: [`${dataset} x`], where: [['eq', from, 'x.$ids']], return: `x.${returns}` }],
    ]
    const { model, told } = modelIn([
      enrich('crm-person'),
      enrich('crm-company'),
      enrich('erp-person', [
        ['add', 'firm-ni', firstHop('erp-company-enrich', '_S.firm_no', '$ids')],
        ['add', 'area', firstHop('erp-company-enrich', '_S.firm_no', 'area')],
      ]),
      enrich('erp-company'),
      global('company', ['crm-company-enrich', 'erp-company-enrich'], [['add', 'vat', '_S.crm-company:vat']]),
      global(
        'person',
        ['crm-person-enrich', 'erp-person-enrich'],
        [
          ['merge-union', ['list', ['dict', 'mail', '_S.crm-person:mail'], ['dict', 'mail', '_S.erp-person:email']]],
          ['add', 'phones', ['union', '_S.crm-person:phone', '_S.erp-person:mobile']],
          ['add', 'company', '_S.crm-person:company_id'],
          ['merge-union', '_S.crm-person:more'],
        ],
      ),
      {
        _id: 'crm-person-transform',
        type: 'pipe',
        source: { type: 'dataset', dataset: 'global-person' },
        transform: {
          type: 'dtl',
          rules: {
            default: [
              ['add', 'company_id', firstHop('global-company', '_S.global-person:company', 'crm-company:id')],
              ['add', 'area', firstHop('global-company', '_S.global-person:company', 'erp-company:area')],
            ],
          },
        },
      },
      {
        _id: 'web-person-transform',
        type: 'pipe',
        source: { type: 'dataset', dataset: 'global-person' },
        transform: {
          type: 'dtl',
          rules: {
            default: [['add', 'vat_no', firstHop('global-company', '_S.global-person:company', 'global-company:vat')]],
          },
        },
      },
    ])
    const properties = (name: string) => model.mappings.find((each) => each.name === name)?.properties
    expect(model.concepts.person?.properties).toMatchObject({
      mail: { rule: 'all' },
      phones: { rule: 'all' },
      company: { references: 'company' },
      firm_no: { references: 'company' },
    })
    expect(properties('erp-person')).toEqual([
      { from: 'email', to: 'mail', direction: 'in' },
      { from: 'mobile', to: 'phones', direction: 'in' },
      { from: 'firm_no', to: 'firm_no', direction: 'in', references: 'erp-company' },
    ])
    expect(properties('crm-person')).toContainEqual({ from: 'company_id', to: 'company', references: 'crm-company' })
    expect(properties('web-person')).toEqual([
      { from: 'vat_no', to: 'company', direction: 'out', references: 'company', returns: 'vat' },
    ])
    expect(told).toEqual([
      'model-step-not-recognised global-person transform/rules/default/4',
      'model-step-not-recognised erp-person-enrich transform/rules/default/2',
      'model-step-not-recognised crm-person-transform transform/rules/default/1',
    ])
    expect(modelProblems(model, 'model.json').filter(({ severity }) => severity === 'error')).toEqual([])
  })

  test('identifiers, keys and names without namespaces are recognised where they say the same', () => {
    const hr = [{ _id: 'p1', SSN: 'p1', given: 'Ada', family: 'Berg' }]
    const { model, told } = modelIn([
      { _id: 'hr-person', type: 'pipe', source: { type: 'embedded', entities: hr } },
      {
        _id: 'erp-person',
        type: 'pipe',
        source: { type: 'rest', system: 'erp', id_expression: '{{ no }}' },
        namespaces: { identity: 'erp-person', property: 'erp-person' },
        transform: {
          type: 'dtl',
          rules: {
            default: [
              ['copy', '*'],
              ['make-ni', 'hr-person', 'ssn'],
              ['add', 'clean', ['lower', '_S.mail']],
            ],
          },
        },
      },
      {
        _id: 'global-person',
        type: 'pipe',
        namespaced_identifiers: true,
        source: {
          type: 'merge',
          version: 2,
          datasets: ['hr-person h', 'erp-person e'],
          equality: [
            ['eq', 'h._id', 'e.ssn'],
            ['eq', 'h.$ids', 'e.$ids'],
          ],
        },
        transform: {
          type: 'dtl',
          rules: {
            default: [
              ['copy', '*'],
              ['comment', 'names'],
              ['add', 'name', ['concat', ['list', '_S.given', ' ', '_S.family']]],
              ['add', 'mail', '_S.erp-person:clean'],
              ['add', 'label', ['upper', '_T.global-person:name']],
              ['add', 'kind', 'person'],
              ['merge', ['apply-hops', 'x', { datasets: ['zip z'], where: [['eq', '_S.zip', 'z._id']] }]],
            ],
          },
        },
        metadata: { global: true },
      },
      { _id: 'person-erp', type: 'pipe', ...shape('global-person', [['add', 'n', '_S.global-person:name']]) },
      { _id: 'person-erp-endpoint', type: 'pipe', source: { type: 'dataset', dataset: 'person-erp' }, sink: erp },
      { _id: 'zip', type: 'pipe', source: { type: 'csv', system: 'post', primary_key: 'code' } },
      { _id: 'zip-view', type: 'pipe', source: { type: 'dataset', dataset: 'zip' } },
      { _id: 'lost', type: 'pipe', source: { type: 'dataset', dataset: 'nowhere' } },
      { _id: 'global-zone', type: 'pipe', source: { type: 'dataset', dataset: 'geo-zone' } },
      { _id: 'geo-zone', type: 'pipe', source: { type: 'embedded', entities: [{ _id: 'a', code: 'a', km: 3 }] } },
    ])
    expect(model.systems).toMatchObject({
      hr: { datatypes: { person: { key: ['SSN'], source: { dataset: 'hr-person' } } } },
      erp: { datatypes: { person: { key: ['no'] } } },
      post: { datatypes: { zip: { key: ['code'], source: { dataset: 'zip' } } } },
    })
    expect(model.concepts).toEqual({
      person: {
        keys: [['SSN']],
        properties: {
          name: { rule: 'priority' },
          mail: { rule: 'priority' },
          label: { rule: 'expression', expression: ['upper', '_S.name'] },
          kind: { rule: 'expression', expression: 'person' },
          SSN: { rule: 'key' },
        },
      },
      zone: { properties: { code: { rule: 'priority' }, km: { rule: 'priority' } } },
    })
    expect(model.mappings.find(({ name }) => name === 'erp-person')?.properties).toEqual([
      { from: 'mail', to: 'mail', direction: 'in', in: ['lower', '_S.mail'] },
      { from: 'ssn', to: 'SSN', direction: 'in' },
      { from: 'n', to: 'name', direction: 'out' },
    ])
    expect(told).toEqual([
      'model-step-not-recognised global-person transform/rules/default/6',
      'model-step-not-recognised global-person source/equality/1',
      'model-pipe-not-recognised lost',
      'model-pipe-not-recognised zip-view',
    ])
    expect(modelProblems(model, 'model.json').filter(({ severity }) => severity !== 'hint')).toEqual([])
  })

  test('a project without concepts gives its datatypes, and says why there is no more', () => {
    const { model, told } = modelIn([
      { _id: 'orders', type: 'pipe', source: { type: 'http_endpoint' } },
      { _id: 'order-view', type: 'pipe', ...shape('orders', []) },
    ])
    expect(model.systems.http_endpoint?.datatypes).toEqual({
      orders: { key: ['id'], source: { type: 'dataset', dataset: 'orders' } },
    })
    expect(told).toEqual(['model-no-concept-recognised undefined', 'model-pipe-not-recognised order-view'])
  })

  test('a system gets its own records alone where a filter asks for their type, and its own values go back', () => {
    const { model, told } = modelIn([
      enrich('crm-person'),
      {
        _id: 'global-person',
        type: 'pipe',
        source: { type: 'union_datasets', datasets: ['crm-person-enrich'] },
        transform: { type: 'dtl', rules: { default: [['add', 'mail', '_S.crm-person:mail']] } },
      },
      {
        _id: 'crm-person-transform',
        type: 'pipe',
        ...shape('global-person', [
          ['filter', ['in', ['ni', 'crm', 'person'], '_S.rdf:type']],
          ['add', 'status', '_S.crm-person:status'],
          ['add', 'mail', '_S.global-person:mail'],
          ['add', 'payload', ['apply', 'make', '_S.']],
        ]),
      },
    ])
    expect(model.mappings[0]).toMatchObject({
      share: { insert: false },
      carry: ['status'],
      properties: [{ from: 'mail', to: 'mail' }],
    })
    expect(told).toEqual(['model-step-not-recognised crm-person-transform transform/rules/default/3'])
  })

  test('a node of some 300 pipes is a picture of its systems and concepts; little is not in it', () => {
    const { model, told } = modelIn(Object.values(largeNode()).flatMap((text) => configsOf(text)))
    expect(Object.keys(model.concepts)).toHaveLength(9)
    expect(Object.keys(model.systems)).toHaveLength(12)
    expect(model.mappings.find(({ name }) => name === 'erp-supplier')?.properties).toEqual([
      { from: 'VatNumber', to: 'vat_no', direction: 'in' },
      { from: 'Name', to: 'name', direction: 'in', in: ['lower', '_S.Name'] },
      { from: 'Ref', to: 'ref', direction: 'in' },
      { from: 'taxId', to: 'vat_no', direction: 'out' },
      { from: 'title', to: 'name', direction: 'out' },
    ])
    expect(told.length).toBeLessThan(5)
    expect(modelProblems(model, 'model.json').filter(({ severity }) => severity === 'error')).toEqual([])
  })
})

const erp = { type: 'rest', system: 'erp' }

/** The source and the rules of a pipe that reads a dataset. */
function shape(dataset: string, steps: Json[]): JsonObject {
  return { source: { type: 'dataset', dataset }, transform: { type: 'dtl', rules: { default: steps } } }
}

/** The components in a file that has one. */
function configsOf(text: string): JsonObject[] {
  const json = readJson(text)
  return isObject(json) && typeof json._id === 'string' ? [json] : []
}
