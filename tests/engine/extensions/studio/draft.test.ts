/** Connectors designed from descriptions and answers: the suggestions, and that the generated files are accepted. */
import { describe, expect, it } from 'vitest'
import { loadProject } from '../../../../engine-worker/config/project/project.ts'
import { checkProject } from '../../../../engine-worker/connectors/check.ts'
import '../../../../engine-worker/connectors/kinds.ts'
import { expandConnector } from '../../../../engine-worker/extensions/expand.ts'
import { draftOf, listedDatatypes, type StudioDraft } from '../../../../engine-worker/extensions/studio/draft.ts'
import { connectorOfDraft } from '../../../../engine-worker/extensions/studio/make.ts'
import { validateConnector } from '../../../../engine-worker/extensions/validate.ts'
import { Fault } from '../../../../engine-worker/problem.ts'
import { petsSwagger, shopYaml, ticketsJson } from './descriptions.ts'

function datatype(draft: StudioDraft, name: string) {
  const found = draft.datatypes.find((each) => each.name === name)
  if (found === undefined) throw new Error(`no ${name} among ${draft.datatypes.map((each) => each.name)}`)
  return found
}

const calls = (draft: StudioDraft, name: string) =>
  Object.fromEntries(
    Object.entries(datatype(draft, name).operations).map(([verb, operation]) => [verb, operation?.from]),
  )

describe('a draft of OpenAPI 3.0 in YAML', () => {
  const draft = draftOf(shopYaml)
  it('has the service, its sign-in and the datatypes that can be listed', () => {
    expect(draft).toMatchObject({
      name: 'shop',
      title: 'Shop API',
      address: 'https://eu.shop.example/api',
      signIn: { way: 'header', name: 'X-Key' },
      problems: [],
    })
    expect(draft.datatypes.map(({ name, isOn, parent }) => [name, isOn, parent])).toEqual([
      ['customer', true, null],
      ['order', false, 'customer'],
    ])
    expect(calls(draft, 'customer')).toEqual({
      list: 'GET /customers',
      lookup: 'GET /customers/{customerId}',
      insert: 'POST /customers',
      update: 'PATCH /customers/{customerId}',
      delete: 'DELETE /customers/{customerId}',
    })
  })
  it('has key, paging and position of the list', () => {
    expect(datatype(draft, 'customer')).toMatchObject({
      key: 'id',
      paging: 'page',
      since: 'updated_since',
      changed: 'updated_at',
    })
    const files = connectorOfDraft(draft)
    expect(JSON.parse(files['templates/system.json'] ?? '')).toMatchObject({
      url_pattern: 'https://eu.shop.example/api/%s',
      headers: { 'X-Key': '$SECRET(api_key)' },
      operations: {
        'customer-list': {
          url: 'customers',
          payload_property: 'data',
          id_expression: '{{ id }}',
          params: { per_page: '{{ page_size }}', page: '{{ page + 1 }}' },
          page_size: 50,
          since_property_name: 'updated_since',
          updated_expression: '{{ updated_at }}',
        },
        'customer-update': { url: 'customers/{{ entity.id }}', method: 'PATCH' },
      },
    })
  })
})

describe('a draft of OpenAPI 2.0', () => {
  const draft = draftOf(JSON.stringify(petsSwagger))
  it('lists by a search with all values, updates the collection, and leaves other views off', () => {
    expect(draft).toMatchObject({
      address: 'https://pets.example/v2',
      signIn: { way: 'oauth2', scopes: ['read:pets'] },
    })
    expect(calls(draft, 'pet')).toMatchObject({
      list: 'GET /pet/findByStatus',
      update: 'PUT /pet',
      delete: 'DELETE /pet/{petId}',
    })
    expect(datatype(draft, 'pet').operations.list?.config.params).toEqual({ status: 'new,sold' })
    expect(draft.datatypes.filter(({ isOn }) => isOn).map(({ name }) => name)).toEqual(['pet'])
    expect(JSON.parse(connectorOfDraft(draft)['manifest.json'] ?? '')).toMatchObject({
      auth: 'oauth2',
      oauth2: { token_url: 'https://pets.example/token' },
      additional_parameters: { token_url: {} },
    })
  })
})

describe('a draft of OpenAPI 3.1', () => {
  const draft = draftOf(JSON.stringify(ticketsJson))
  it('asks for what the description leaves open, and wraps what is sent', () => {
    const ticket = datatype(draft, 'ticket')
    expect(ticket).toMatchObject({ key: 'key', paging: 'cursor', wrapper: 'ticket' })
    const files = connectorOfDraft({ ...draft, datatypes: [{ ...ticket, writes: true }] })
    const system = JSON.parse(files['templates/system.json'] ?? '')
    expect(system.url_pattern).toBe('{{@ base_url @}}/%s')
    expect(system.operations['ticket-list'].params).toMatchObject({ team: '{{@ team @}}', token: '$SECRET(api_key)' })
    expect(system.operations['ticket-lookup']).toMatchObject({ payload_property: 'ticket' })
    expect(system.operations['ticket-insert'].payload).toEqual({ ticket: 'sesam:markjson{{ entity.sent | tojson }}' })
    expect(JSON.parse(files['manifest.json'] ?? '').additional_parameters).toEqual({ base_url: {}, team: {} })
  })
})

describe('what is made', () => {
  const texts = { shopYaml, pets: JSON.stringify(petsSwagger), tickets: JSON.stringify(ticketsJson) }
  it.each(Object.entries(texts))('of %s expands, and neither the client nor the checks find an error', (_, text) => {
    const draft = draftOf(text)
    const datatypes = draft.datatypes.map((each) => ({
      ...each,
      isOn: each.operations.list !== undefined,
      writes: true,
    }))
    const files = connectorOfDraft({ ...draft, datatypes })
    expect(validateConnector(files, 'acme')).toEqual([])
    const expanded = expandConnector(files, { system: 'acme', profile: 'test' })
    const project = loadProject(expanded)
    const problems = [...project.problems, ...checkProject(project)]
    expect(problems.filter(({ severity }) => severity !== 'hint')).toEqual([])
  })
})

describe('an answer', () => {
  it('with its address gives name, address and paging', () => {
    const answer = { items: [{ uuid: 'a', name: 'Ada', lastModified: '2024-01-01T00:00:00Z' }], next_cursor: 'x' }
    const draft = draftOf(JSON.stringify(answer), 'https://api.crm.example/v2/people?limit=20&cursor=&modifiedSince=')
    expect(draft).toMatchObject({ name: 'crmexample', address: 'https://api.crm.example/v2', problems: [] })
    expect(draft.datatypes).toMatchObject([
      { name: 'people', key: 'uuid', paging: 'cursor', since: 'modifiedSince', changed: 'lastModified' },
    ])
    expect(datatype(draft, 'people').operations.list?.config).toMatchObject({
      url: 'people',
      payload_property: 'items',
    })
  })
  it('alone is a warning and a guess', () => {
    const draft = draftOf('[{"id": 1}]')
    expect(draft.problems.map(({ code }) => code)).toEqual(['studio-address-missing'])
    expect(draft.address).toBe('')
  })
  it('of a browser (HAR) gives each operation that was seen', () => {
    const entry = (method: string, url: string, body: unknown, posted?: string) => ({
      request: {
        method,
        url,
        headers: [{ name: 'Authorization', value: 'Bearer abc' }],
        ...(posted ? { postData: { text: posted } } : {}),
      },
      response: { status: 200, headers: [], content: { mimeType: 'application/json', text: JSON.stringify(body) } },
    })
    const host = 'https://crm.example/api/v1'
    const har = {
      log: {
        entries: [
          entry('GET', `${host}/deals`, { data: [{ id: 7, title: 'A' }] }),
          entry('GET', `${host}/deals/7`, { id: 7, title: 'A' }),
          entry('PUT', `${host}/deals/7`, { id: 7, title: 'B' }, '{"title":"B"}'),
          entry('GET', 'https://other.example/ad', { ad: true }),
        ],
      },
    }
    const draft = draftOf(JSON.stringify(har))
    expect(draft.address).toBe(host)
    expect(calls(draft, 'deal')).toEqual({ list: 'GET /deals', lookup: 'GET /deals/{id}', update: 'PUT /deals/{id}' })
    expect(JSON.stringify(connectorOfDraft(draft))).not.toContain('abc')
  })
})

describe('a description as large services have it', () => {
  const answer = (schema: unknown) => ({
    get: { responses: { 200: { content: { 'application/json': { schema } } } } },
  })
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
  const listSchema = (name: string, items: unknown) => ({
    type: 'object',
    properties: { [name]: { type: 'array', items } },
  })
  const draftOfPaths = (paths: object, schemas: object) =>
    draftOf(JSON.stringify({ openapi: '3.1.0', info: { title: 'X' }, paths, components: { schemas } }))

  it('has examples behind many references and parts of allOf', () => {
    const names = Array.from({ length: 12 }, (_, at) => `S${at}`)
    const schemas = Object.fromEntries(names.map((name, at) => [name, { allOf: [ref(`S${at + 1}`)] }]))
    const draft = draftOfPaths(
      { '/customers': answer(ref('List')) },
      {
        ...schemas,
        List: listSchema('customers', ref('S0')),
        S12: { type: 'object', properties: { lago_id: { type: 'string', format: 'uuid' }, tags: { type: 'array' } } },
      },
    )
    expect(datatype(draft, 'customer')).toMatchObject({ isOn: true, key: 'lago_id' })
  })

  it('ends where parts of allOf refer to each other without an end', () => {
    const all = { allOf: Array.from({ length: 60 }, (_, at) => ref(`S${at}`)) }
    const schemas = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`S${at}`, all]))
    const draft = draftOfPaths({ '/customers': answer(ref('S0')) }, schemas)
    expect(draft.datatypes).toHaveLength(1)
  })

  it('takes what is wrapped from where it is, and only lists whose entities have a key by itself', () => {
    const key = { type: 'object', properties: { public_key: { type: 'string' } } }
    const draft = draftOfPaths(
      {
        '/key': answer({ type: 'object', properties: { webhook: key } }),
        '/network': answer({ type: 'object', properties: { sticky: { type: 'boolean' } } }),
        '/files': { get: { responses: { 200: { content: { 'application/pdf': {} } } } } },
        '/parts': answer(listSchema('parts', { type: 'object', properties: { inner: { type: 'object' } } })),
      },
      {},
    )
    expect(datatype(draft, 'key').operations.list?.config).toMatchObject({ payload_property: 'webhook' })
    expect(draft.datatypes.filter(({ isOn }) => isOn)).toEqual([])
    expect(listedDatatypes(draft)).toEqual(['key'])
  })
})

describe('what cannot be read', () => {
  const problemOf = (text: string) => {
    try {
      draftOf(text)
    } catch (error) {
      if (error instanceof Fault) return [error.problem.code, error.problem.where.line]
      throw error
    }
    return null
  }
  it.each([
    ['openapi: 3.0.0\npaths: [', 'studio-description-unreadable'],
    ['{"openapi": "3.0.0", "paths": {}}', 'studio-no-operations'],
    ['{"openapi": "3.0.0"', 'json-broken'],
    ['"text"', 'studio-answer-unreadable'],
    ['<html>', 'studio-other-format'],
    ['{"log": {"entries": []}}', 'studio-answer-unreadable'],
  ])('%s is a problem with its place', (text, code) => {
    expect(problemOf(text)?.[0]).toBe(code)
  })
})
