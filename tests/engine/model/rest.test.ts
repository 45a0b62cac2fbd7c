/** Pipes of a model between two REST services: a change is sent once, and nothing more is sent afterwards. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { printJson } from '../../../engine-worker/entity/json.ts'
import { generate } from '../../../engine-worker/model/generate/pipes.ts'
import { type ModelReadResult, readModel } from '../../../engine-worker/model/read.ts'
import { modelProblems } from '../../../engine-worker/model/validate.ts'
import { machine } from '../../../engine-worker/node/commands/machine.ts'
import { Session } from '../../../engine-worker/run/session.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { openProjectOf } from '../../../engine-worker/testing/outputs.ts'

type Row = Record<string, unknown>

/** A service with records by key under `/crm/persons` and `/erp/people`. */
class Service {
  readonly rows: Record<string, Map<string, Row>> = { 'crm/persons': new Map(), 'erp/people': new Map() }
  readonly asked: string[] = []
  /** An action in the service just before it answers the next look-up. */
  meanwhile: (() => void) | null = null
  private next = 100
  private readonly server: Server = createServer((request, response) => {
    const [, system = '', datatype = '', id = ''] = (request.url ?? '').split('/')
    const rows = this.rows[`${system}/${datatype}`]
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      const { method = '' } = request
      const answer = (status: number, json?: unknown): void => {
        response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(json === undefined ? '' : JSON.stringify(json))
      }
      if (method !== 'GET') this.asked.push(`${method} ${request.url} ${body}`)
      if (rows === undefined) return answer(404)
      if (method === 'GET' && id === '') return answer(200, [...rows.values()])
      if (method === 'POST') {
        const row = { ...JSON.parse(body), id: String(this.next++) }
        rows.set(row.id, row)
        return answer(201, row)
      }
      if (method === 'GET') this.meanwhile?.()
      this.meanwhile = null
      const row = rows.get(id)
      if (row === undefined) return answer(404)
      if (method === 'PUT') rows.set(id, { ...row, ...JSON.parse(body) })
      if (method === 'DELETE') rows.delete(id)
      return answer(200, rows.get(id) ?? {})
    })
  })

  put(place: string, ...rows: readonly Row[]): void {
    for (const row of rows) this.rows[place]?.set(String(row.id), row)
  }
  all(place: string): Row[] {
    return [...(this.rows[place]?.values() ?? [])]
  }
  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    return (this.server.address() as AddressInfo).port
  }
  close(): void {
    this.server.close()
  }
}

let service: Service
let port = 0
beforeEach(async () => {
  service = new Service()
  port = await service.listen()
})
afterEach(() => service.close())

function modelOf(keys: readonly string[][], more: object = {}): ModelReadResult {
  const system = (name: string, datatype: string) => ({
    config: { type: 'system:rest', url_pattern: `http://127.0.0.1:${port}/${name}/%s` },
    datatypes: { [datatype]: { key: ['id'], path: datatype } },
  })
  const mapping = (name: string, datatype: string, named: string) => ({
    name: `${name}-${datatype}`,
    system: name,
    datatype,
    concept: 'person',
    properties: [
      { from: 'email', to: 'email' },
      { from: named, to: 'name' },
    ],
  })
  return readModel(
    JSON.stringify({
      version: 1,
      systems: { crm: system('crm', 'persons'), erp: system('erp', 'people') },
      concepts: { person: { keys, properties: { email: { rule: 'key' }, name: { rule: 'priority' } } } },
      mappings: [mapping('crm', 'persons', 'name'), mapping('erp', 'people', 'full')],
      ...more,
    }),
    'model.json',
  )
}

function sessionOf({ model, problems }: ModelReadResult) {
  expect(problems).toEqual([])
  if (model === null) throw new Error('the model was not read')
  expect(modelProblems(model, 'model.json').filter(({ severity }) => severity === 'error')).toEqual([])
  const session = new Session({ store: memoryStore(machine), environment: machine, fetch: globalThis.fetch })
  session.open(Object.fromEntries(generate(model).map(({ file, config }) => [file, printJson(config)])))
  return async () => {
    service.asked.splice(0)
    const { runner, pipes } = openProjectOf(session)
    const result = await runner.run(
      pipes.map(({ runnable }) => runnable),
      { run: 'project' },
    )
    expect(result.pipes.flatMap((each) => each.problems)).toEqual([])
    return [...service.asked]
  }
}

test('inserts and updates are sent once, keys come back, and nothing moves afterwards', async () => {
  service.put('crm/persons', { id: '1', email: 'a@x', name: 'Ann' }, { id: '2', email: 'b@x', name: 'Bo' })
  service.put('erp/people', { id: '9', email: 'a@x', full: 'Anna' })
  const run = sessionOf(modelOf([['email']]))
  const sent = await run()
  expect(sent.map((each) => each.split(' ').slice(0, 2).join(' '))).toEqual(['PUT /erp/people/9', 'POST /erp/people'])
  expect(service.all('erp/people')).toEqual([
    { id: '9', email: 'a@x', full: 'Ann' },
    { id: '100', email: 'b@x', full: 'Bo' },
  ])
  expect(await run()).toEqual([])
  expect(await run()).toEqual([])
  service.put('crm/persons', { id: '2', email: 'b@x', name: 'Bob' })
  expect((await run()).map((each) => each.split(' ')[0])).toEqual(['PUT'])
  expect(service.all('erp/people')[1]).toEqual({ id: '100', email: 'b@x', full: 'Bob' })
  expect(await run()).toEqual([])
})

test('without any key, a record is known again by the key that the insert gave', async () => {
  service.put('crm/persons', { id: '1', email: null, name: 'Ann' })
  const run = sessionOf(modelOf([['email']]))
  expect((await run()).map((each) => each.split(' ')[0])).toEqual(['POST'])
  expect(await run()).toEqual([])
  service.put('crm/persons', { id: '1', email: null, name: 'Ann Lee' })
  expect((await run()).map((each) => each.split(' ').slice(0, 2).join(' '))).toEqual(['PUT /erp/people/100'])
  expect(await run()).toEqual([])
  expect(service.all('erp/people')).toHaveLength(1)
})

test('what has changed in the system meanwhile is not overwritten, but taken in first', async () => {
  service.put('crm/persons', { id: '1', email: 'a@x', name: 'Ann' })
  service.put('erp/people', { id: '9', email: 'a@x', full: 'Ann' })
  const run = sessionOf(modelOf([['email']]))
  await run()
  service.put('crm/persons', { id: '1', email: 'a@x', name: 'Anna' })
  service.meanwhile = () => service.put('erp/people', { id: '9', email: 'a@x', full: 'Edited' })
  expect(await run()).toEqual([])
  expect(service.all('erp/people')[0]).toMatchObject({ full: 'Edited' })
  expect((await run()).map((each) => each.split(' ')[0])).toEqual(['PUT'])
  expect(service.all('erp/people')[0]).toMatchObject({ full: 'Anna' })
  expect(await run()).toEqual([])
})

test('a record that is no longer for a system is deleted there', async () => {
  service.put('crm/persons', { id: '1', email: 'a@x', name: null })
  service.put('erp/people', { id: '9', email: 'a@x', full: null })
  const { model } = modelOf([['email']])
  const mappings = model?.mappings.map((each, index) =>
    index === 1 ? { ...each, share_filter: { sql: 'name IS NOT NULL' } } : each,
  )
  const run = sessionOf(modelOf([['email']], { mappings }))
  expect((await run()).map((each) => each.split(' ').slice(0, 2).join(' '))).toEqual(['DELETE /erp/people/9'])
  expect(service.all('erp/people')).toEqual([])
  expect(await run()).toEqual([])
})
