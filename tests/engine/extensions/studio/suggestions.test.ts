/** What is suggested for descriptions in the shapes that public services have: pages, changes, keys, parents and names. */
import { describe, expect, it } from 'vitest'
import { draftOf, type StudioDraft } from '../../../../engine-worker/extensions/studio/draft.ts'
import { connectorOfDraft } from '../../../../engine-worker/extensions/studio/make.ts'

interface Described {
  readonly answer?: unknown
  readonly parameters?: readonly object[]
  readonly description?: string
}

const get = ({ answer = [{ id: 1 }], parameters = [], description = '' }: Described = {}) => ({
  get: { description, parameters, responses: { 200: { content: { 'application/json': { example: answer } } } } },
})
const query = (name: string, schema: object, more: object = {}) => ({ name, in: 'query', schema, ...more })
const text = { type: 'string' }
const whole = { type: 'integer' }

function draft(paths: object): StudioDraft {
  return draftOf(JSON.stringify({ openapi: '3.0.0', info: { title: 'X' }, paths }))
}

function only(described: Described) {
  const [found] = draft({ '/things': get(described) }).datatypes
  if (found === undefined) throw new Error('no datatype')
  return found
}

const named = (paths: object) => draft(paths).datatypes.map(({ name }) => name)

describe('pages', () => {
  const things = [{ id: 1 }]
  it.each([
    [
      'an offset that is a text is a cursor',
      { data: things, next_page: { offset: 'eyJ0' } },
      [query('offset', text)],
      'cursor',
    ],
    [
      'a link beside such an offset',
      { data: things, next_page: { offset: 'eyJ0', uri: 'https://x.example/things?offset=eyJ0' } },
      [query('offset', text)],
      'next-link',
    ],
    ['an offset that is a number', { data: things, total: 1 }, [query('offset', whole)], 'offset'],
    [
      'a link that is null in the example',
      { things, meta: { next_page_url: null } },
      [query('Page', whole)],
      'next-link',
    ],
    ['a cursor beside the list', { data: things, list_metadata: { after: null } }, [query('after', text)], 'cursor'],
    [
      'no cursor, but that there is more',
      { data: things, has_more: true },
      [query('starting_after', text)],
      'last-key',
    ],
    ['a cursor in an object of its own', { things, cursors: { next: 'b' } }, [query('cursor', text)], 'cursor'],
    ['a date is no offset', { things }, [query('from', { type: 'string', format: 'date-time' })], 'none'],
    ['a number of the page', { things, meta: { next_page: 2 } }, [query('page', whole), query('first', whole)], 'page'],
  ])('%s', (_, answer, parameters, paging) => {
    expect(only({ answer, parameters }).paging).toBe(paging)
  })
})

describe('changes', () => {
  const answer = [{ id: 1, updatedAt: '2024-01-31T12:00:00Z' }]
  it('are asked for by a header, where the service takes that', () => {
    const parameters = [{ name: 'If-Modified-Since', in: 'header', schema: text }]
    const found = draft({ '/things': get({ answer, parameters }) })
    expect(found.datatypes[0]?.since).toBe('If-Modified-Since')
    expect(JSON.parse(connectorOfDraft(found)['templates/system.json'] ?? '').operations['thing-list']).toMatchObject({
      since_property_name: 'If-Modified-Since',
      since_property_location: 'header',
    })
  })
  it.each([
    ['updated_after', ['modified_on', 'updated_after'], ['updated_after', 'modified_on']],
    ['DateUpdated>', ['DateUpdated<', 'DateUpdated>'], ['DateUpdated>']],
    [null, ['created_after', 'If-Modified-Since'], []],
  ])('are asked for by %s', (since, names, all) => {
    const found = only({ answer, parameters: names.map((name) => query(name, text)) })
    expect([found.since, found.sinceParameters]).toEqual([since, all])
  })
})

describe('keys', () => {
  it.each([
    [
      'what the address of one thing is asked with',
      '/customers/{external_customer_id}',
      { lago_id: 'a', external_id: 'b' },
      'external_id',
    ],
    ['an id with the name of the service before other names', null, { acme_id: 'a', number: 'n', key: 'k' }, 'acme_id'],
    ['what differs before what all have alike', null, { object: 'customer', name: 'a' }, 'name'],
    ['id, whatever else ends so', null, { parent_id: 'p', id: 'a' }, 'id'],
  ])('are %s', (_, path, entity, key) => {
    const paths = {
      '/customers': get({ answer: { customers: [entity] } }),
      ...(path === null ? {} : { [path]: get() }),
    }
    expect(draft(paths).datatypes.find(({ name }) => name === 'customer')?.key).toBe(key)
  })
})

describe('a list that must be asked about something', () => {
  const needed = query('applicant_id', text, { required: true, example: 'abc' })
  const paths = {
    '/documents': get({ answer: { documents: [{ id: 1 }] }, parameters: [needed] }),
    '/applicants': get({ answer: { applicants: [{ uuid: 'a' }] } }),
  }
  it('is asked about each of them where they can be listed', () => {
    const found = draft(paths)
    const datatypes = found.datatypes.map((each) => ({ ...each, isOn: true }))
    const system = JSON.parse(connectorOfDraft({ ...found, datatypes })['templates/system.json'] ?? '')
    expect(found.datatypes.map(({ name, parent, isOn }) => [name, parent, isOn])).toEqual([
      ['applicant', null, true],
      ['document', 'applicant', false],
    ])
    expect(system.operations['document-list'].params).toEqual({ applicant_id: '{{ entity.uuid }}' })
  })
  it('asks a person otherwise, and is not chosen; an example is no value for everybody', () => {
    const { datatypes } = draft({ '/documents': paths['/documents'], '/others': get() })
    expect(datatypes.find(({ name }) => name === 'document')).toMatchObject({
      isOn: false,
      operations: { list: { config: { params: { applicant_id: '{{@ applicant_id @}}' } } } },
    })
  })
})

describe('a search in the place of a list', () => {
  const status = query('status', { type: 'string', enum: ['new', 'sold'], default: 'new' })
  const paths = (description: string) => ({
    '/pet/findByStatus': get({ parameters: [status, query('team', text)], description }),
    '/pet/{petId}': get({ answer: { id: 1 } }),
  })
  const list = (description: string) => draft(paths(description)).datatypes[0]
  it('is asked for all values where several may be given', () => {
    const pet = list('Values are comma separated.')
    expect(pet?.operations.list?.config.params).toEqual({ status: 'new,sold' })
    expect(pet?.filters).toEqual(['status', 'team'])
  })
  it('is left to the service where one alone may be given', () => {
    expect(list('One of them.')?.operations.list?.config.params).toBeUndefined()
  })
})

describe('names', () => {
  it('are first of all for what is in nothing else', () => {
    expect(named({ '/customers/{id}/invoices': get(), '/customers': get(), '/invoices': get() }).sort()).toEqual([
      'customer',
      'customerinvoice',
      'invoice',
    ])
  })
  it('are words of the path, in the singular', () => {
    expect(named({ '/files/{id}/thumbnail.{extension}': get(), '/statuses': get(), '/aliases': get() }).sort()).toEqual(
      ['alias', 'status', 'thumbnail'],
    )
  })
  it('are not made for what stands behind a number sign', () => {
    expect(named({ '/files': get(), '/files#links': get() })).toEqual(['file'])
  })
})
