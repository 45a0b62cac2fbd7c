/**
 * The built-in templates of a new connector with a service that the test starts: the requests for each kind of change,
 * and the entries in the share dataset. The connector is the one that `connector init` and `add-datatype --share` make.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { printJson } from '../../../../engine-worker/entity/json.ts'
import { expandConnector } from '../../../../engine-worker/extensions/expand.ts'
import { addDatatype, newConnector } from '../../../../engine-worker/extensions/scaffold.ts'
import { machine } from '../../../../engine-worker/node/commands/machine.ts'
import { Session } from '../../../../engine-worker/run/session.ts'
import { memoryStore } from '../../../../engine-worker/storage/memory.ts'
import { openProjectOf } from '../../../../engine-worker/testing/outputs.ts'

type Row = Record<string, unknown>

/** Customers by id, the received requests, and answers that replace the usual ones. */
const service = {
  rows: new Map<string, Row>(),
  asked: [] as string[],
  instead: new Map<string, readonly [number, unknown]>(),
}

const server = createServer((request, response) => {
  const { method = '', url = '' } = request
  const id = decodeURIComponent(/^\/customer\/([^/?]+)$/.exec(url)?.[1] ?? '')
  let body = ''
  request.on('data', (part) => {
    body += part
  })
  request.on('end', () => {
    service.asked.push([method, url, body].filter((part) => part !== '').join(' '))
    const answer = (status: number, json?: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
    const instead = service.instead.get(method)
    if (instead !== undefined) return answer(...instead)
    if (method === 'GET' && id === '') {
      const page = Number(new URL(url, 'http://x').searchParams.get('page') ?? 0)
      const more = page === 0 && service.rows.size > 2
      return answer(200, {
        data: [...service.rows.values()].slice(page * 2, page * 2 + 2),
        next: more ? `http://${request.headers.host}/customer?page=1` : null,
      })
    }
    if (method === 'POST') {
      const row = { ...JSON.parse(body), id: `new-${service.rows.size}`, updated: '2026-01-02T03:04:05Z' }
      service.rows.set(row.id, row)
      return answer(201, row)
    }
    const row = service.rows.get(id)
    if (row === undefined) return answer(404, { error: 'not found' })
    if (method === 'PUT') service.rows.set(id, { ...row, ...JSON.parse(body) })
    if (method === 'DELETE') service.rows.delete(id)
    return answer(200, service.rows.get(id) ?? {})
  })
})

beforeEach(async () => {
  service.rows.clear()
  service.instead.clear()
  service.asked.splice(0)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(() => new Promise((resolve) => server.close(resolve)))

/** Runs of the connector over the same datasets. `wanted` is the output of the model; null leaves it unchanged. */
function connectorRuns() {
  const empty = newConnector('shop', 'api_key')
  const made = { ...empty, ...addDatatype(empty, 'customer', true) }
  const { port } = server.address() as AddressInfo
  const files = expandConnector(made, { system: 'shop', profile: 'test' })
  const systemFile = 'systems/shop.conf.json'
  const system = { ...JSON.parse(files[systemFile] ?? ''), url_pattern: `http://127.0.0.1:${port}/%s` }
  const store = memoryStore(machine)
  const session = new Session({
    store,
    environment: machine,
    fetch: globalThis.fetch,
    followConfiguration: true,
    inputs: { secret: () => 's' },
  })
  return async (pipesToRun: readonly string[], wanted: readonly Row[] = []) => {
    service.asked.splice(0)
    const model = {
      _id: 'shop-customer-transform',
      type: 'pipe',
      source: { type: 'embedded', entities: wanted },
      namespaced_identifiers: false,
    }
    session.open({
      ...files,
      [systemFile]: printJson(system),
      'pipes/shop-customer-transform.conf.json': JSON.stringify(model),
    })
    const { runner, pipes } = openProjectOf(session)
    const chosen = pipes.filter(({ runnable: { id } }) => pipesToRun.includes(id.replace('shop-customer-', '')))
    const { pipes: ran } = await runner.run(
      chosen.map(({ runnable }) => runnable),
      { run: 'project' },
    )
    const rows: Row[] = []
    for await (const batch of store.scan(`shop-customer-${pipesToRun.at(-1)}`)) rows.push(...batch)
    return { asked: [...service.asked], codes: ran.flatMap(({ problems }) => problems.map(({ code }) => code)), rows }
  }
}

const sharing = ['transform', 'share']
const personRow: Row = { id: '7', name: 'Ann', tags: ['a', 'b'] }
const collected = { $based_on: personRow, $based_on_properties: ['name', 'tags'], $origin: 'crm:1', $ids: ['~:crm:1'] }
const lookup = 'GET /customer/7'

describe('what is sent, and what the share dataset says', () => {
  test.each<[string, Row, readonly string[], Row]>([
    [
      'insert',
      { _id: 'crm:1', name: 'Bo', $origin: 'crm:1', $ids: ['~:crm:1'] },
      ['POST /customer {"name":"Bo"}'],
      { $last_operation: 'insert', $success: true, $generated_id: 'new-1', $origin: 'crm:1' },
    ],
    [
      'update',
      { _id: 'crm:1', ...personRow, ...collected, name: 'Anna' },
      [lookup, 'PUT /customer/7 {"id":"7","name":"Anna","tags":["a","b"]}'],
      { $last_operation: 'update', $success: true },
    ],
    [
      'nothing changed',
      { _id: 'crm:1', ...personRow, ...collected, tags: ['b', 'a'] },
      [lookup],
      { $last_operation: 'discard-entity-not-changed' },
    ],
    [
      'changed meanwhile',
      { _id: 'crm:1', ...personRow, ...collected, name: 'Anna', $based_on: { ...personRow, name: 'Anne' } },
      [lookup],
      { $last_operation: 'discard-modified-in-system' },
    ],
    [
      'changed meanwhile, without the lock',
      {
        _id: 'crm:1',
        ...personRow,
        ...collected,
        name: 'Anna',
        $based_on: { ...personRow, name: 'Anne' },
        $unsafe_skip_optimistic_locking: true,
      },
      [lookup, 'PUT /customer/7 {"id":"7","name":"Anna","tags":["a","b"]}'],
      { $last_operation: 'update', $success: true },
    ],
    [
      'delete',
      { _id: 'crm:1', _deleted: true, id: '7', $based_on: personRow },
      ['DELETE /customer/7'],
      { $last_operation: 'delete', $success: true },
    ],
    ['delete without a key', { _id: 'crm:1', _deleted: true }, [], { $last_operation: 'discard-delete-non-existent' }],
    [
      'replaced',
      { _id: 'crm:1', _deleted: true, id: '7', $replaced: true },
      [],
      { $last_operation: 'discard-replaced' },
    ],
    [
      'gone in the system',
      { _id: 'crm:1', ...personRow, ...collected, id: '8', name: 'Anna' },
      ['GET /customer/8'],
      { $last_operation: 'lookup', $error: 'error-lookup', $success: false },
    ],
  ])('%s', async (_, entity, sent, row) => {
    service.rows.set('7', personRow)
    const { asked, codes, rows } = await connectorRuns()(sharing, [entity])
    expect([asked, codes]).toEqual([sent, []])
    expect(rows).toMatchObject([row])
  })

  test.each<[string, string, number, Row]>([
    ['lookup', 'GET', 500, { _id: 'crm:1', ...personRow, ...collected, name: 'Anna' }],
    ['insert', 'POST', 422, { _id: 'crm:1', name: 'Bo', $origin: 'crm:1', $ids: ['~:crm:1'] }],
    ['update', 'PUT', 409, { _id: 'crm:1', ...personRow, ...collected, name: 'Anna' }],
    ['delete', 'DELETE', 403, { _id: 'crm:1', _deleted: true, id: '7', $based_on: personRow }],
  ])('a refused %s is a row with $error, and the pipe goes on', async (operation, method, status, entity) => {
    service.rows.set('7', personRow)
    service.instead.set(method, [status, { error: 'no' }])
    const { codes, rows } = await connectorRuns()(sharing, [entity])
    expect(codes).toEqual([])
    expect(rows).toMatchObject([{ $error: `error-${operation}`, $success: false, $last_operation: operation }])
    expect(rows[0]?.[`$trace_${operation}`]).toMatchObject({ response_status: status, response_body: { error: 'no' } })
  })

  test('an entity whose earlier id was inserted already is not inserted again', async () => {
    const run = connectorRuns()
    const first = { _id: 'crm:1', name: 'Bo', $origin: 'crm:1', $ids: ['~:crm:1'] }
    expect((await run(sharing, [first])).asked).toHaveLength(1)
    const merged = { _id: 'crm:2', name: 'Bo', $origin: 'crm:2', $ids: ['~:crm:2', '~:crm:1'] }
    const { asked, rows } = await run(sharing, [first, merged])
    expect(asked).toEqual([])
    expect(rows.find(({ _id }) => _id === 'crm:2')).toMatchObject({ $last_operation: 'discard-already-inserted' })
  })

  test('an insert without $origin, or whose answer has no key, fails the pipe and names the entity', async () => {
    const bare = await connectorRuns()(sharing, [{ _id: 'crm:1', name: 'Bo', $ids: ['~:crm:1'] }])
    expect([bare.asked, bare.codes]).toEqual([[], ['share-insert-without-origin']])
    service.instead.set('POST', [201, { name: 'Bo' }])
    const keyless = await connectorRuns()(sharing, [{ _id: 'crm:1', name: 'Bo', $origin: 'crm:1', $ids: ['~:crm:1'] }])
    expect(keyless.codes).toEqual(['share-no-generated-id'])
  })
})

describe('what is collected', () => {
  const reading = ['all', 'collect']
  test('all pages are read, and what was inserted has its origin', async () => {
    const run = connectorRuns()
    await run(sharing, [{ _id: 'crm:1', name: 'Bo', $origin: 'crm:1', $ids: ['~:crm:1'] }])
    for (const id of ['1', '2']) service.rows.set(id, { id, updated: '2026-01-02T03:04:05Z' })
    const { asked, codes, rows } = await run(reading)
    expect([asked, codes]).toEqual([['GET /customer', 'GET /customer?page=1'], []])
    expect(rows.map(({ _id, $origin }) => [_id, $origin ?? null])).toEqual([
      ['new-0', 'crm:1'],
      ['1', null],
      ['2', null],
    ])
  })

  test('what is missing in the list is deleted only where the service does not have it any more', async () => {
    const run = connectorRuns()
    for (const id of ['1', '2']) service.rows.set(id, { id, updated: '2026-01-02T03:04:05Z' })
    await run(reading)
    service.rows.delete('1')
    const { asked, rows } = await run(reading)
    expect(asked).toEqual(['GET /customer', 'GET /customer/1'])
    expect(rows.map(({ _id, _deleted }) => [_id, _deleted])).toEqual([
      ['2', false],
      ['1', true],
    ])
  })
})
