/**
 * Each property of the built-in templates, and each line of what they do with an answer, against a service that the test
 * starts: what is asked of it, and what the row says (configuration-transforms-template.rst, connector-contract.rst).
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { templateFields } from '../../../../engine-worker/connectors/transforms/template/fields.ts'
import { machine } from '../../../../engine-worker/node/commands/machine.ts'
import { Session } from '../../../../engine-worker/run/session.ts'
import { memoryStore } from '../../../../engine-worker/storage/memory.ts'
import { openProjectOf } from '../../../../engine-worker/testing/outputs.ts'

type Row = Record<string, unknown>
type Answer = readonly [status: number, json?: unknown]

/** What the service answers by method and path; anything else is not there. */
let answers: Readonly<Record<string, Answer>> = {}
const requests: string[] = []

const server = createServer((request, response) => {
  let body = ''
  request.on('data', (part) => {
    body += part
  })
  request.on('end', () => {
    const call = `${request.method} ${request.url}`
    requests.push(body === '' ? call : `${call} ${body}`)
    const [status, json] = answers[call] ?? [404, { error: 'not found' }]
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(json === undefined ? undefined : JSON.stringify(json))
  })
})
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => new Promise((resolve) => server.close(resolve)))

const urlTemplate = (place: string) =>
  `{% if properties.base is defined %}{{ properties.base }}{% else %}${place}{% endif %}`
const operations = {
  lookup: { method: 'GET', url: `${urlTemplate('items')}/{{ entity.id }}{{ entity.to | default('') }}` },
  insert: { method: 'POST', url: urlTemplate('items') },
  update: { method: 'PUT', url: `${urlTemplate('items')}/{{ entity.id }}` },
  delete: { method: 'DELETE', url: `${urlTemplate('items')}/{{ entity.id }}` },
  defaults: { method: 'GET', url: urlTemplate('defaults') },
}
const otherOperations = Object.fromEntries(
  Object.entries(operations).map(([name, { method, url }]) => [`other-${name}`, { method, url: `other-${url}` }]),
)
const sent = { ...operations.insert, payload: 'sesam:markjson{{ entity.sent | tojson }}' }

interface Runs {
  readonly template: string
  readonly properties: Row
  /** The entities of one run after the other; each run reads them anew. */
  readonly runs: readonly (readonly Row[])[]
  readonly answers?: Readonly<Record<string, Answer>>
  /** Rows of other datasets that are there before. */
  readonly datasets?: Readonly<Record<string, readonly Row[]>>
}

const own = 'item-own'

/** Runs a pipe with a template; gives what was asked in the last run, its problems and the rows. */
async function ran({ template, properties, runs, answers: given = {}, datasets = {} }: Runs) {
  answers = given
  const { port } = server.address() as AddressInfo
  const system = (id: string, path: string) => ({
    _id: id,
    type: 'system:rest',
    url_pattern: `http://127.0.0.1:${port}/${path}%s`,
    operations: { ...operations, ...otherOperations, 'insert-sent': sent },
  })
  const pipe = (id: string, entities: readonly Row[], more: object = {}) => ({
    _id: id,
    type: 'pipe',
    source: { type: 'embedded', entities },
    namespaced_identifiers: false,
    ...more,
  })
  const store = memoryStore(machine)
  const session = new Session({
    store,
    environment: machine,
    fetch: globalThis.fetch,
    followConfiguration: true,
  })
  const before = Object.entries(datasets).map(([id, rows]) => pipe(id, rows))
  let codes: string[] = []
  for (const entities of runs) {
    requests.splice(0)
    const transform = {
      type: 'template',
      template,
      properties: { rest_system: 'shop', primary_key: 'id', ...properties },
    }
    const configs = [
      system('shop', ''),
      system('shop2', 'second/'),
      ...before,
      pipe(own, entities, { transform, batch_size: 1 }),
    ]
    session.open(Object.fromEntries(configs.map((each) => [`${each._id}.conf.json`, JSON.stringify(each)])))
    const { runner, pipes } = openProjectOf(session)
    const order = [...pipes].sort((a, b) => Number(a.runnable.id === own) - Number(b.runnable.id === own))
    const result = await runner.run(
      order.map(({ runnable }) => runnable),
      { run: 'project' },
    )
    codes = result.pipes.flatMap(({ problems }) => problems.map(({ code }) => code))
  }
  const rows: Row[] = []
  for await (const batch of store.scan(own)) rows.push(...batch)
  return { asked: [...requests], codes, rows }
}

const base = { id: '7', name: 'Ann' }
const created = { _id: 'crm:1', name: 'Bo', $origin: 'crm:1', $ids: ['~:crm:1'] }
const changed = { _id: 'crm:7', id: '7', name: 'Anna', $based_on: base, $based_on_properties: ['name'] }
const deleted = { _id: 'crm:7', id: '7', _deleted: true, $based_on: base }
const found = { 'GET /items/7': [200, base], 'PUT /items/7': [200, base], 'DELETE /items/7': [204] } as const
const inserted = { 'POST /items': [201, { id: 9 }] } as const
const lookup = 'GET /items/7'
const update = 'PUT /items/7 {"id":"7","name":"Anna"}'

interface Case {
  readonly of: string
  readonly properties: Row
  readonly entity: Row
  readonly answers?: Readonly<Record<string, Answer>>
  readonly datasets?: Readonly<Record<string, readonly Row[]>>
  readonly asked: readonly string[]
  readonly row?: Row
  readonly codes?: readonly string[]
}

const refused = ['bad-answer']
const share: readonly Case[] = [
  {
    of: 'rest_system',
    properties: { rest_system: 'shop2' },
    entity: deleted,
    answers: { 'DELETE /second/items/7': [200] },
    asked: ['DELETE /second/items/7'],
    row: { $last_operation: 'delete', $success: true },
  },
  {
    of: 'primary_key, of which all parts are there',
    properties: { primary_key: ['id', 'to'] },
    entity: { ...changed, to: 'x' },
    answers: { 'GET /items/7x': [200, { ...base, to: 'x' }], 'PUT /items/7': [200] },
    asked: ['GET /items/7x', 'PUT /items/7 {"id":"7","name":"Anna","to":"x"}'],
    row: { $last_operation: 'update', id: '7', to: 'x' },
  },
  {
    of: 'primary_key, of which a part is missing',
    properties: { primary_key: ['id', 'to'] },
    entity: { ...created, id: '7' },
    answers: { 'POST /items': [201, { id: '7', to: 'y' }] },
    asked: ['POST /items {"name":"Bo","id":"7"}'],
    row: { $last_operation: 'insert', $generated_id: ['7', 'y'] },
  },
  {
    of: 'primary_key_insert',
    properties: { primary_key_insert: 'number' },
    entity: created,
    answers: { 'POST /items': [200, [{ number: 9 }, { number: 10 }]] },
    asked: ['POST /items {"name":"Bo"}'],
    row: { $generated_id: 9, $origin: 'crm:1', $success: true },
  },
  {
    of: 'is_natural_key, unknown to the service',
    properties: { is_natural_key: true },
    entity: { ...created, id: '7' },
    answers: { 'POST /items': [201, { id: '7' }] },
    asked: [lookup, 'POST /items {"name":"Bo","id":"7"}'],
    row: { $last_operation: 'insert', $generated_id: '7', $success: true },
  },
  {
    of: 'is_natural_key, where the service answers without it',
    properties: { is_natural_key: true },
    entity: { ...created, id: '7' },
    answers: { 'POST /items': [201] },
    asked: [lookup, 'POST /items {"name":"Bo","id":"7"}'],
    row: { $last_operation: 'insert', $generated_id: '7', $success: true },
  },
  {
    of: 'share_dataset',
    properties: { share_dataset: 'share-before' },
    entity: created,
    datasets: { 'share-before': [{ _id: 'crm:1', $generated_id: 5 }] },
    asked: [],
    row: { $last_operation: 'discard-already-inserted', $generated_id: 5 },
  },
  {
    of: 'payload_property',
    properties: { payload_property: 'sent', operation_insert: 'insert-sent' },
    entity: created,
    answers: inserted,
    asked: ['POST /items {"name":"Bo"}'],
    row: { $generated_id: 9 },
  },
  ...(['lookup', 'insert', 'update', 'delete'] as const).flatMap((verb): Case[] => {
    const entity = verb === 'insert' ? created : verb === 'delete' ? deleted : changed
    const path = { lookup: 'GET /items/7', insert: 'POST /items', update: 'PUT /items/7', delete: 'DELETE /items/7' }[
      verb
    ]
    const body = { lookup: '', insert: ' {"name":"Bo"}', update: ' {"id":"7","name":"Anna"}', delete: '' }[verb]
    const [method, place = ''] = path.split(' /')
    const callSequence = (call: string) =>
      verb === 'lookup' ? [call, update] : verb === 'update' ? [lookup, `${call}${body}`] : [`${call}${body}`]
    const good: Answer = [200, { id: '7', name: 'Ann' }]
    const other = `${method} /other-${place}`
    const based = `${method} /v2${place.replace('items', '')}`
    return [
      {
        of: `operation_${verb}`,
        properties: { [`operation_${verb}`]: `other-${verb}` },
        entity,
        answers: { ...found, ...inserted, [other]: good },
        asked: callSequence(other),
        row: { $success: true },
      },
      {
        of: `operation_${verb}_properties`,
        properties: { [`operation_${verb}_properties`]: { base: 'v2' } },
        entity,
        answers: { ...found, ...inserted, [based]: good },
        asked: callSequence(based),
        row: { $success: true },
      },
      {
        of: `${verb}_allowed_status_codes`,
        properties: { [`${verb}_allowed_status_codes`]: '200-299,404' },
        entity,
        answers: { ...found, [path]: [409, { error: 'no' }] },
        asked: verb === 'lookup' ? [path] : callSequence(path),
        codes: refused,
      },
    ]
  }),
  {
    of: 'rules: lookup_rewrite counts for the comparison and for patching',
    properties: {
      rules: {
        lookup_rewrite: [
          ['copy', 'name'],
          ['add', 'more', 1],
        ],
      },
      client_side_patching: true,
    },
    entity: changed,
    answers: { ...found, 'GET /items/7': [200, { name: 'Ann', secret: 1 }] },
    asked: [lookup, 'PUT /items/7 {"name":"Anna","more":1,"id":"7"}'],
    row: { $last_operation: 'update' },
  },
  {
    of: 'rules: lookup_rewrite_based_on and lookup_rewrite_update go before it',
    properties: {
      rules: {
        lookup_rewrite: [['add', 'name', 'wrong']],
        lookup_rewrite_based_on: [['merge', '_S.person']],
        lookup_rewrite_update: [['add', 'kept', '_S.person.kept']],
      },
      client_side_patching: true,
    },
    entity: changed,
    answers: { ...found, 'GET /items/7': [200, { person: { name: 'Ann', kept: 'k' } }] },
    asked: [lookup, 'PUT /items/7 {"kept":"k","id":"7","name":"Anna"}'],
    row: { $last_operation: 'update' },
  },
  {
    of: 'rewrite_rules_payload: the insert, before $payload, with a rule of its own',
    properties: {
      rewrite_rules_payload: {
        rewrite_insert_payload: [['add', '$payload', ['apply', 'named', '_S.']]],
        named: [['add', 'title', ['upper', '_S.$source.name']]],
      },
    },
    entity: { ...created, $payload: { ignored: true } },
    answers: inserted,
    asked: ['POST /items {"title":"BO"}'],
    row: { $generated_id: 9 },
  },
  {
    of: 'rewrite_rules_payload: the update, and after patching',
    properties: {
      rewrite_rules_payload: {
        rewrite_update_payload: [['add', '$payload', ['dict', 'name', ['upper', '_S.name']]]],
        rewrite_update_payload_after_patch: [
          ['add', '$payload', ['dict', 'all', '_S._payload', 'from', '_R._S.$source.name']],
        ],
      },
      client_side_patching: true,
    },
    entity: changed,
    answers: found,
    asked: [lookup, 'PUT /items/7 {"all":{"id":"7","name":"ANNA"},"from":"Anna"}'],
    row: { $last_operation: 'update' },
  },
  {
    of: 'rewrite_rules_lookup',
    properties: { rewrite_rules_lookup: { rewrite_lookup: [['merge', '_S.item']] } },
    entity: changed,
    answers: { ...found, 'GET /items/7': [200, { item: base }] },
    asked: [lookup, update],
    row: { $last_operation: 'update' },
  },
  {
    of: 'rewrite_rules_mutation: of the insert',
    properties: { rewrite_rules_mutation: { rewrite_insert: [['add', 'id', '_S.deep.id']] } },
    entity: created,
    answers: { 'POST /items': [201, { deep: { id: 4 } }] },
    asked: ['POST /items {"name":"Bo"}'],
    row: { $generated_id: 4, $trace_insert: { response_body: { id: 4 } } },
  },
  {
    of: 'rewrite_rules_mutation: of the update',
    properties: { rewrite_rules_mutation: { rewrite_update: [['add', 'was', '_S.name']] } },
    entity: changed,
    answers: found,
    asked: [lookup, update],
    row: { $trace_update: { response_body: { was: 'Ann' } } },
  },
  {
    of: 'rewrite_rules_mutation: of the delete',
    properties: { rewrite_rules_mutation: { rewrite_delete: [['add', 'gone', '_S.ok']] } },
    entity: deleted,
    answers: { 'DELETE /items/7': [200, { ok: true }] },
    asked: ['DELETE /items/7'],
    row: { $trace_delete: { response_body: { gone: true } } },
  },
  {
    of: 'client_side_patching',
    properties: { client_side_patching: true },
    entity: changed,
    answers: { ...found, 'GET /items/7': [200, { ...base, more: { a: 1 } }] },
    asked: [lookup, 'PUT /items/7 {"id":"7","name":"Anna","more":{"a":1}}'],
    row: { $last_operation: 'update' },
  },
]

const listed = { _id: '7', id: '7', name: 'Ann' }
const shareRows = [{ _id: 'crm:1', $generated_id: '7', $origin: 'crm:1' }]
const collect: readonly Case[] = [
  {
    of: 'share_dataset',
    properties: { share_dataset: 'rows' },
    entity: listed,
    datasets: { rows: shareRows },
    asked: [],
    row: { ...listed, $origin: 'crm:1' },
  },
  {
    of: 'share_dataset, whose row has no origin',
    properties: { share_dataset: 'rows' },
    entity: listed,
    datasets: { rows: [{ _id: 'crm:1', $generated_id: '7' }] },
    asked: [],
    row: listed,
  },
  {
    of: 'primary_key',
    properties: { share_dataset: 'rows', primary_key: ['id', 'to'] },
    entity: { ...listed, to: 'x' },
    datasets: {
      rows: [
        { _id: 'crm:1', $generated_id: ['7', 'y'], $origin: 'crm:1' },
        { _id: 'crm:2', $generated_id: ['7', 'x'], $origin: 'crm:2' },
      ],
    },
    asked: [],
    row: { ...listed, $origin: 'crm:2' },
  },
  {
    of: 'rest_system',
    properties: { share_dataset: 'rows', rest_system: 'shop2', operation_lookup: 'lookup' },
    entity: listed,
    answers: { 'GET /second/items/7': [200, { id: '7', name: 'Second' }] },
    datasets: { rows: shareRows },
    asked: ['GET /second/items/7'],
    row: { _id: '7', name: 'Second', $origin: 'crm:1' },
  },
  {
    of: 'operation_lookup',
    properties: { share_dataset: 'rows', operation_lookup: 'other-lookup' },
    entity: { ...listed, only: 'here' },
    answers: { 'GET /other-items/7': [200, [{ id: '7', name: 'Whole' }]] },
    datasets: { rows: [] },
    asked: ['GET /other-items/7'],
    row: { _id: '7', id: '7', name: 'Whole' },
  },
  {
    of: 'operation_lookup_properties',
    properties: { share_dataset: 'rows', operation_lookup: 'lookup', operation_lookup_properties: { base: 'v2' } },
    entity: listed,
    answers: { 'GET /v2/7': [200, { id: '7', name: 'Whole' }] },
    datasets: { rows: [] },
    asked: ['GET /v2/7'],
    row: { name: 'Whole' },
  },
  {
    of: 'original_property',
    properties: { share_dataset: 'rows', operation_lookup: 'lookup', original_property: 'before' },
    entity: { ...listed, only: 'here' },
    answers: found,
    datasets: { rows: [] },
    asked: [lookup],
    row: { name: 'Ann', before: { only: 'here' } },
  },
  {
    of: 'operation_lookup_delete, which goes before operation_lookup',
    properties: { share_dataset: 'rows', operation_lookup: 'other-lookup', operation_lookup_delete: 'lookup' },
    entity: { ...listed, _deleted: true },
    answers: found,
    datasets: { rows: [] },
    asked: [lookup],
    row: { name: 'Ann', _deleted: false },
  },
  {
    of: 'operation_lookup_delete_properties',
    properties: {
      share_dataset: 'rows',
      operation_lookup_delete: 'lookup',
      operation_lookup_delete_properties: { base: 'v2' },
    },
    entity: { ...listed, _deleted: true },
    datasets: { rows: [] },
    asked: ['GET /v2/7'],
    row: { name: 'Ann', _deleted: true },
  },
]

const defaults: readonly Case[] = [
  {
    of: 'operation, called defaults where nothing is said',
    properties: {},
    entity: { _id: '1', name: 'Ann' },
    answers: { 'GET /defaults': [200, { name: 'none', status: 'new' }] },
    asked: ['GET /defaults'],
    row: { _id: '1', name: 'Ann', status: 'new' },
  },
  {
    of: 'rest_system',
    properties: { rest_system: 'shop2' },
    entity: { _id: '1' },
    answers: { 'GET /second/defaults': [200, [{ status: 'second' }]] },
    asked: ['GET /second/defaults'],
    row: { _id: '1', status: 'second' },
  },
  {
    of: 'operation',
    properties: { operation: 'other-defaults' },
    entity: { _id: '1' },
    answers: { 'GET /other-defaults': [200, { status: 'other' }] },
    asked: ['GET /other-defaults'],
    row: { status: 'other' },
  },
  {
    of: 'operation_properties',
    properties: { operation_properties: { base: 'v2' } },
    entity: { _id: '1' },
    answers: { 'GET /v2': [200, { status: 'v2' }] },
    asked: ['GET /v2'],
    row: { status: 'v2' },
  },
  {
    of: 'primary_key, whose value stays that of the entity',
    properties: { primary_key: 'number' },
    entity: { _id: '1', number: 3 },
    answers: { 'GET /defaults': [200, { number: 0 }] },
    asked: ['GET /defaults'],
    row: { number: 3 },
  },
]

const cases = { 'transform-share-rest': share, 'transform-collect-rest': collect, 'transform-defaults-rest': defaults }

describe.each(Object.entries(cases))('%s', (template, all) => {
  const dataset = template === 'transform-share-rest' ? { share_dataset: own } : {}
  test.each(all.map((each) => [each.of, each] as const))('%s', async (_, each) => {
    const { properties, entity, answers: given = {}, datasets = {} } = each
    // The dataset of a collect pipe has the entity before it is deleted there.
    const runs = template === 'transform-collect-rest' && '_deleted' in entity ? [[listed], [entity]] : [[entity]]
    const result = await ran({
      template,
      properties: { ...dataset, ...properties },
      runs,
      answers: given,
      datasets,
    })
    expect(result).toMatchObject({ asked: each.asked, codes: each.codes ?? [] })
    expect(result.rows).toMatchObject(each.row === undefined ? [] : [each.row])
  })
  test('has a case for each property', () => {
    const fields = Object.entries(templateFields).find(([name]) => name === template)?.[1] ?? []
    const lacking = fields.filter(({ name }) => !all.some(({ of }) => new RegExp(`^${name}\\b`).test(of)))
    expect(lacking.map(({ name }) => name)).toEqual([])
  })
})

describe('what a status of a shared entity comes to', () => {
  const entities = { lookup: changed, insert: created, update: changed, delete: deleted }
  const paths = { lookup: 'GET /items/7', insert: 'POST /items', update: 'PUT /items/7', delete: 'DELETE /items/7' }
  const success = { lookup: [200], insert: [200, 201], update: [200, 201, 204], delete: [200, 204] }
  const verbs = ['lookup', 'insert', 'update', 'delete'] as const
  const statuses = [200, 201, 202, 204, 400, 404, 500]
  test.each(verbs.flatMap((verb) => statuses.map((status) => [verb, status] as const)))(
    '%s %d',
    async (verb, status) => {
      const { rows, codes } = await ran({
        template: 'transform-share-rest',
        properties: { share_dataset: own },
        runs: [[entities[verb]]],
        answers: { ...found, [paths[verb]]: [status, status === 204 ? undefined : base] },
      })
      expect(codes).toEqual([])
      const isGood = success[verb].includes(status)
      const name = verb === 'lookup' && isGood ? 'update' : verb
      expect(rows).toMatchObject([{ $last_operation: name, $success: isGood }])
      expect(rows[0]?.$error).toBe(isGood ? undefined : `error-${verb}`)
      expect(rows[0]?.[`$trace_${verb}`]).toMatchObject({ $operation: verb, response_status: status })
      expect(rows[0]?.[`$trace_${verb}`]).not.toHaveProperty('$source')
      const { _id, $origin } = { $origin: undefined, ...entities[verb] }
      expect(rows[0]?.$source).toMatchObject($origin === undefined ? { _id } : { _id, $origin })
    },
  )
})

describe('what goes on from the row before', () => {
  const runShare = (answers: Readonly<Record<string, Answer>>, ...runs: readonly (readonly Row[])[]) =>
    ran({ template: 'transform-share-rest', properties: { share_dataset: own }, runs, answers })

  test('the key that the service made, whether it succeeded, and after a discard the success before', async () => {
    const own = { _id: 'crm:1', id: 9, name: 'Bea', $based_on: { id: 9, name: 'Bo' } }
    const now = { ...inserted, 'GET /items/9': [200, { id: 9, name: 'Bo' }], 'PUT /items/9': [500] } as const
    const failed = await runShare(now, [created], [own])
    expect(failed.rows).toMatchObject([{ $generated_id: 9, $previous_success: true, $success: false }])
    const discarded = await runShare(now, [created], [own], [{ ...own, name: 'Bo' }])
    expect(discarded.rows).toMatchObject([
      { $last_operation: 'discard-entity-not-changed', $generated_id: 9, $previous_success: false, $success: false },
    ])
    expect(discarded.rows[0]).not.toHaveProperty('$error')
  })

  test('a replaced entity keeps its row, its key and its origin, and nothing is sent', async () => {
    const { asked, rows } = await runShare(inserted, [created], [{ _id: 'crm:1', _deleted: true, $replaced: true }])
    expect(asked).toEqual([])
    expect(rows).toMatchObject([
      { _deleted: false, $replaced: true, $last_operation: 'discard-replaced', $generated_id: 9, $origin: 'crm:1' },
    ])
  })

  test('a replaced entity that was never inserted is a deleted row', async () => {
    const { rows } = await runShare({}, [{ _id: 'crm:1', _deleted: true, $replaced: true }])
    expect(rows).toMatchObject([{ _deleted: true, $last_operation: 'discard-replaced' }])
  })

  test('an insert that was refused is tried again, one that succeeded is not', async () => {
    const refusedTwice = await runShare({ 'POST /items': [500] }, [created], [{ ...created, name: 'Bea' }])
    expect(refusedTwice.asked).toEqual(['POST /items {"name":"Bea"}'])
    const once = await runShare(inserted, [created], [{ ...created, name: 'Bea' }])
    expect(once.asked).toEqual([])
    expect(once.rows).toMatchObject([{ $last_operation: 'discard-already-inserted', $success: true, $generated_id: 9 }])
  })
})

test('the payload has no names with _ or $ at the top, and all of them below', async () => {
  const { asked } = await ran({
    template: 'transform-share-rest',
    properties: { share_dataset: own },
    runs: [[{ ...created, inner: { _a: 1, $b: 2 }, $c: 3, _d: 4 }]],
    answers: inserted,
  })
  expect(asked).toEqual(['POST /items {"name":"Bo","inner":{"_a":1,"$b":2}}'])
})
