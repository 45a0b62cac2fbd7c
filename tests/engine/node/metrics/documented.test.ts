/**
 * Each documented metric as a started server tells it: declared once (documented.ts), held against the documentation where
 * that is at hand, and against what is known to have happened after runs, failures, pushes, sends and a restart.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { pipeMetrics, pumpMetrics, serviceMetrics } from '../../../../engine-worker/node/metrics/documented.ts'
import { projects } from '../../../shared.ts'
import { readMetrics } from '../../../support/exposition.ts'
import { type TestServer, testServer } from '../../../support/server.ts'

const declared = [
  ...serviceMetrics.map((metric) => ({ ...metric, labels: metric.type === 'stateset' ? [metric.name] : [] })),
  ...pipeMetrics.map((metric) => ({ ...metric, labels: ['pipe', ...Object.keys(metric.labels ?? {})] })),
  ...pumpMetrics.map((metric) => ({ ...metric, labels: ['pipe'] })),
]

const store = mkdtempSync(join(tmpdir(), 'pipewright-metrics-'))
let target: Server
/** What the service answers; 0: nothing. */
let answers = 500
let server: TestServer

beforeAll(async () => {
  target = createServer((_, response) => {
    if (answers > 0) response.writeHead(answers).end('[]')
  })
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve))
  server = await testServer([], store)
  const { port } = target.address() as AddressInfo
  const system = { _id: 'service', type: 'system:url', base_url: `http://127.0.0.1:${port}` }
  expect((await server.call('POST', '/systems', { json: [system] })).status).toBeLessThan(300)
})
afterAll(async () => {
  await server.close()
  target.closeAllConnections()
  target.close()
  rmSync(store, { recursive: true, force: true })
})

const text = async (accept?: string) =>
  (await server.call('GET', '/metrics', accept === undefined ? {} : { headers: { accept } })).text

/** The value of a metric of a pipe now; undefined where there is none. */
async function value(name: string, pipe?: string): Promise<number | undefined> {
  const samples = [...readMetrics(await text()).values()].flatMap(({ samples }) => samples)
  return samples.find((one) => one.name === name && one.labels.pipe === pipe)?.value
}

const operate = (pipe: string, operation: string) => server.call('POST', `/pipes/${pipe}/pump`, { form: { operation } })

/** Starts a pump and waits until it has ended. */
async function run(pipe: string): Promise<void> {
  expect((await operate(pipe, 'start')).status).toBe(200)
  await vi.waitFor(
    async () => {
      const { runtime } = (await server.call('GET', `/pipes/${pipe}`)).json() as { runtime: Record<string, unknown> }
      expect(runtime['is-running']).toBe(false)
    },
    { timeout: 20_000, interval: 20 },
  )
}

const embedded = (_id: string, entities: readonly object[], more: object = {}) => ({
  _id,
  type: 'pipe',
  source: { type: 'embedded', entities },
  // No other run than those that are asked for.
  pump: { schedule_interval: 1_000_000 },
  ...more,
})

const post = async (...json: object[]) =>
  expect((await server.call('POST', '/pipes', { json })).status, JSON.stringify(json)).toBeLessThan(300)

describe('the declaration', () => {
  it('is in the answer, each name with its type, its labels and its words, in both formats', async () => {
    await post(embedded('all', [{ _id: '1' }], { pump: { dead_letter_dataset: 'letters' } }))
    await run('all')
    await vi.waitFor(async () => expect(await value('sesam_pump_scheduled_time', 'all')).toBeGreaterThan(0), 10_000)
    await vi.waitFor(
      async () => {
        await operate('all', 'start')
        expect(await value('sesam_pump_previous_scheduled_time', 'all')).toBeGreaterThan(0)
      },
      { timeout: 20_000, interval: 100 },
    )
    const [plain, open] = [readMetrics(await text()), readMetrics(await text('application/openmetrics-text'))]
    for (const { name, type, labels, help } of declared) {
      const ending = type === 'counter' ? '_total' : ''
      const shown = { plain: plain.get(name + ending), open: open.get(name) }
      expect(shown, name).toMatchObject({
        plain: { type: type === 'counter' ? 'counter' : 'gauge', help },
        open: { type, help },
      })
      for (const family of [shown.plain, shown.open]) {
        const sample = family?.samples.find((one) => one.name === name + ending)
        expect(Object.keys(sample?.labels ?? {}), name).toEqual(labels)
      }
    }
  })

  const documentation = join(projects, '../reference/metrics.md')
  it.skipIf(!existsSync(documentation))('has the documented names, with their types and labels', () => {
    const [, tables = ''] = /^## 2\.(.*?)^## 3\./ms.exec(readFileSync(documentation, 'utf8')) ?? []
    const documented = [...tables.matchAll(/^\| (`sesam_.*?) \| (\w+)([^|]*)\|/gm)].flatMap(
      ([, names = '', type = '', more = '']) => {
        const all = [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
        const whole = all.map((name) => name.replace(/^…/, (all[0] ?? '').replace(/_index_exists$/, '')))
        const labels = /labels/.test(more) ? [...more.matchAll(/`(\w+)`/g)].map(([, label]) => label) : []
        return whole.map((name) => ({ name, type: type.toLowerCase(), labels }))
      },
    )
    expect(documented).toHaveLength(33)
    const types = { stateset: 'enum', gauge: 'gauge', counter: 'counter', summary: 'summary' } as const
    const ours = declared.map(({ name, type, labels }) => ({
      name: type === 'counter' ? `${name}_total` : name,
      type: types[type],
      // The id of the pipe is not documented; a state set has a label with its name.
      labels: labels.filter((label) => label !== 'pipe' && label !== name),
    }))
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)
    expect(ours.sort(byName)).toEqual(documented.sort(byName))
  })
})

/** Posts a pipe that is new by its id, runs it and gives its id. */
let made = 0
async function ran(entities: readonly object[], more: object = {}): Promise<string> {
  const id = `p${++made}`
  await post(embedded(id, entities, more))
  await run(id)
  return id
}
const changed = async (id: string, entities: readonly object[], more: object = {}) =>
  expect((await server.call('PUT', `/pipes/${id}/config`, { json: embedded(id, entities, more) })).status).toBe(200)
const three = [{ _id: '1' }, { _id: '2' }, { _id: '3' }]
const manual = { pump: { mode: 'manual' } }
const reader = (dataset: string, more: object = {}) => ({
  _id: `p${++made}`,
  type: 'pipe',
  source: { type: 'dataset', dataset },
  ...manual,
  ...more,
})
/** Sends to the service. */
const sends = (pump: object = {}) => ({
  sink: { type: 'json', system: 'service', url: '/in' },
  pump: { schedule_interval: 1_000_000, ...pump },
})
const states = async (name: string) =>
  Object.fromEntries(
    (readMetrics(await text()).get(name)?.samples ?? []).map((one) => [one.labels[name] ?? '', one.value]),
  )
/** A metric of a pipe that has been made to hold numbers that differ. */
const sinkCounts = async () => {
  const id = await ran(three)
  await changed(id, [{ _id: '1', a: 1 }, { _id: '2' }])
  await run(id)
  return id
}
/** Entities that the service refuses, given up at once. */
const deadLetters = async () => {
  answers = 500
  const retry = { max_write_errors_in_retry_dataset: 10, max_retries_per_entity: 0, max_consecutive_write_errors: 99 }
  return ran(three, { ...sends({ ...retry, dead_letter_dataset: `letters-${++made}` }), batch_size: 1 })
}

/** What makes each metric what it is. */
const stories: Readonly<Record<string, (name: string) => Promise<void>>> = {
  sesam_health: async (name) => expect(await states(name)).toEqual({ healthy: 1, unhealthy: 0, unknown: 0 }),
  sesam_backup_health: async (name) => {
    expect(await states(name)).toEqual({ healthy: 0, unhealthy: 0, unknown: 1 })
    expect((await server.call('POST', '/backups')).status).toBe(200)
    expect(await states(name)).toEqual({ healthy: 1, unhealthy: 0, unknown: 0 })
  },
  sesam_service_restarts: async (name) => {
    expect(await value(name)).toBe(0)
    await server.call('POST', '/', { form: { operation: 'restart' } })
    expect(await value(name)).toBe(1)
  },
  sesam_pipe_enabled: async (name) => {
    const id = await ran(three)
    expect(await value(name, id)).toBe(1)
    await operate(id, 'disable')
    expect(await value(name, id)).toBe(0)
    await operate(id, 'enable')
    await changed(id, three, { pump: { mode: 'off' } })
    expect(await value(name, id)).toBe(0)
  },
  sesam_pipe_config: async (name) => {
    const id = await ran(three, { metadata: { '$config-group': 'billing' } })
    const labels = async () =>
      readMetrics(await text())
        .get(name)
        ?.samples.find((one) => one.labels.pipe === id)
    expect(await labels()).toMatchObject({ value: 1, labels: { config_group: 'billing', leaf: '1' } })
    const broken = reader(id, { transform: { type: 'no such transform' } })
    await server.call('POST', '/pipes?force=true', { json: [broken] })
    expect(await labels()).toMatchObject({ labels: { leaf: '0' } })
    expect(await value(name, broken._id)).toBe(0)
    // One that joins its own dataset has no other reader.
    const hop = ['hops', { datasets: ['own x'], where: ['eq', '_S._id', 'x._id'] }]
    await post({ ...embedded('own', three), transform: { type: 'dtl', rules: { default: [['add', 'a', hop]] } } })
    expect(
      readMetrics(await text())
        .get(name)
        ?.samples.find((one) => one.labels.pipe === 'own'),
    ).toMatchObject({
      labels: { leaf: '1' },
    })
  },
  sesam_pipe_usage: async (name) => {
    const id = await ran([])
    const before = (await value(name, id)) ?? 0
    await changed(id, [{ _id: '1', text: 'x'.repeat(1000) }])
    await run(id)
    expect(await value(name, id)).toBeGreaterThan(before + 1000)
  },
  sesam_pipe_queue_source: async (name) => {
    const next = reader(await ran(three))
    await post(next)
    expect(await value(name, next._id)).toBe(3)
    await run(next._id)
    expect(await value(name, next._id)).toBe(0)
  },
  sesam_pipe_queue_tracking: async (name) => {
    const [from, joined] = [await ran(three), await ran(three)]
    const hop = ['hops', { datasets: [`${joined} x`], where: ['eq', '_S._id', 'x._id'] }]
    const next = reader(from, { transform: { type: 'dtl', rules: { default: [['add', 'a', hop]] } } })
    await post(next)
    await run(next._id)
    expect(await value(name, next._id)).toBe(0)
    await changed(joined, [{ _id: '1', a: 1 }, { _id: '2', a: 1 }, { _id: '3' }])
    await run(joined)
    expect(await value(name, next._id)).toBe(2)
  },
  sesam_pipe_queue_replicas: async (name) => expect(await value(name, await ran(three))).toBe(0),
  sesam_pipe_sink_dataset_count_index_exists: async (name) => expect(await value(name, await sinkCounts())).toBe(2),
  sesam_pipe_sink_dataset_count_index_deleted: async (name) => expect(await value(name, await sinkCounts())).toBe(1),
  sesam_pipe_sink_dataset_count_log_exists: async (name) => expect(await value(name, await sinkCounts())).toBe(4),
  sesam_pipe_sink_dataset_count_log_deleted: async (name) => expect(await value(name, await sinkCounts())).toBe(1),
  sesam_pipe_dead_letter_dataset_count_index_exists: async (name) =>
    expect(await value(name, await deadLetters())).toBe(3),
  sesam_pipe_dead_letter_dataset_count_index_deleted: async (name) =>
    expect(await value(name, await deadLetters())).toBe(0),
  sesam_pipe_dead_letter_dataset_count_log_exists: async (name) =>
    expect(await value(name, await deadLetters())).toBe(3),
  sesam_pipe_dead_letter_dataset_count_log_deleted: async (name) =>
    expect(await value(name, await deadLetters())).toBe(0),
  sesam_pipe_circuit_breaker_tripped: async (name) => {
    const breaker = { circuit_breaker_threshold_count: 1 }
    const id = await ran([{ _id: '1' }], {
      pump: { schedule_interval: 1_000_000 },
      sink: { type: 'dataset', ...breaker },
    })
    expect(await value(name, id)).toBe(0)
    await changed(id, three, { sink: { type: 'dataset', ...breaker } })
    await run(id)
    expect(await value(name, id)).toBe(1)
    await server.call('POST', `/datasets/${id}`, { form: { operation: 'rollback-circuit-breaker' } })
    expect(await value(name, id)).toBe(0)
  },
  sesam_pump_total_time: async (name) => {
    const id = `p${++made}`
    await post(embedded(id, three))
    expect(await value(name, id)).toBe(0)
    await run(id)
    expect(await value(name, id)).toBeGreaterThan(0)
  },
  sesam_pump_successful: async (name) => {
    const id = `p${++made}`
    answers = 500
    await post(embedded(id, three, sends()))
    expect(await value(name, id)).toBe(0)
    await run(id)
    expect(await value(name, id)).toBe(-1)
    answers = 200
    await run(id)
    expect(await value(name, id)).toBe(1)
    await changed(id, three, { ...sends(), ...manual })
    expect(await value(name, id)).toBeUndefined()
  },
  sesam_pump_started: async (name) => {
    const id = await ran(three)
    expect(await value(`${name}_total`, id)).toBe(1)
    // A run that changes nothing does not count.
    await run(id)
    expect(await value(`${name}_total`, id)).toBe(1)
    const created = await value(`${name}_created`, id)
    await again()
    expect([await value(`${name}_total`, id), await value(`${name}_created`, id)]).toEqual([1, created])
  },
  sesam_pump_completed: async (name) => {
    const id = `p${++made}`
    await post(embedded(id, three))
    const [total, created] = [await value(`${name}_total`, id), await value(`${name}_created`, id)]
    expect(total).toBe(0)
    await run(id)
    expect([await value(`${name}_total`, id), await value(`${name}_created`, id)]).toEqual([1, created])
  },
  sesam_pump_failed: async (name) => {
    answers = 500
    const id = await ran(three, sends())
    expect(await value(`${name}_total`, id)).toBe(1)
    expect(await value('sesam_pump_started_total', id)).toBe(1)
    expect(await value('sesam_pump_completed_total', id)).toBe(0)
  },
  sesam_pump_interrupted: async (name) => {
    answers = 0
    const id = `p${++made}`
    await post(embedded(id, three, sends()))
    await operate(id, 'start')
    await operate(id, 'stop')
    expect(await value(`${name}_total`, id)).toBe(1)
    expect(await value('sesam_pump_failed_total', id)).toBe(0)
    expect(await value('sesam_pump_successful', id)).toBe(-1)
    answers = 200
  },
  sesam_pump_entities_changes: async (name) => expect(await value(`${name}_total`, await sinkCounts())).toBe(5),
  sesam_pump_entities_seen: async (name) => expect(await value(`${name}_total`, await sinkCounts())).toBe(5),
  sesam_pump_entities_retryable: async (name) => {
    answers = 500
    const pump = { max_write_errors_in_retry_dataset: 10, max_consecutive_write_errors: 99 }
    const id = await ran(three, { ...sends(pump), batch_size: 1 })
    expect(await value(name, id)).toBe(3)
    await again()
    expect(await value(name, id)).toBe(3)
    await operate(id, 'discard-retries')
    expect(await value(name, id)).toBe(0)
  },
  sesam_pump_entities_compacted: async (name) => {
    const keep = { compaction: { keep_versions: 1 } }
    const id = await ran(three, keep)
    expect(await value(`${name}_total`, id)).toBe(0)
    for (const a of [1, 2]) {
      await changed(
        id,
        three.map((one) => ({ ...one, a })),
        keep,
      )
      await run(id)
    }
    await vi.waitFor(async () => expect(await value(`${name}_total`, id)).toBe(6), 10_000)
  },
  sesam_pump_entities_deletion_tracked: async (name) =>
    expect(await value(`${name}_total`, await sinkCounts())).toBe(1),
  sesam_pump_scrape_time: async (name) => {
    const before = Date.now() / 1000
    const found = await value(name, await ran(three))
    expect(found).toBeGreaterThanOrEqual(before)
    expect(found).toBeLessThanOrEqual(Date.now() / 1000 + 1)
  },
  sesam_pump_last_completed_time: async (name) => {
    const id = `p${++made}`
    await post(embedded(id, three))
    expect(await value(name, id)).toBeUndefined()
    const before = Date.now() / 1000
    await run(id)
    expect(await value(name, id)).toBeGreaterThanOrEqual(before)
  },
  sesam_pump_scheduled_time: async (name) => {
    const id = await ran(three)
    await vi.waitFor(async () => expect(await value(name, id)).toBeGreaterThan(Date.now() / 1000 + 900_000), {
      timeout: 10_000,
    })
    await changed(id, three, { pump: { schedule_interval: 1000 } })
    await vi.waitFor(async () => expect(await value(name, id)).toBeLessThan(Date.now() / 1000 + 1001), {
      timeout: 10_000,
    })
  },
  sesam_pump_previous_scheduled_time: async (name) => {
    const id = await ran(three)
    const scheduled = await vi.waitFor(
      async () => {
        const found = await value('sesam_pump_scheduled_time', id)
        expect(found).toBeGreaterThan(0)
        return found
      },
      { timeout: 10_000 },
    )
    await run(id)
    await vi.waitFor(async () => expect(await value(name, id)).toBe(scheduled), { timeout: 10_000 })
  },
}

/** Ends the server and starts it again over the same store. */
async function again(): Promise<void> {
  await server.close()
  server = await testServer([], store)
}

describe('what happens shows in', () => {
  it.each(declared.map(({ name }) => name))('%s', { timeout: 30_000 }, async (name) => {
    expect(Object.keys(stories)).toContain(name)
    await stories[name]?.(name)
  })

  it('the same numbers after a restart, where no pump is shown that does not run by itself', async () => {
    const id = await ran(three)
    await operate(id, 'disable')
    const names = (all: string) => [...all.matchAll(/^(sesam_pump_\w+)\{pipe="p1"\} /gm)].map(([, name]) => name)
    expect(await value('sesam_pump_successful', id)).toBeUndefined()
    const [before, backups] = [await text(), await states('sesam_backup_health')]
    await again()
    const after = await text()
    expect(await states('sesam_backup_health')).toEqual(backups)
    expect(await value('sesam_pump_successful', id)).toBeUndefined()
    // Schedules are known from the first look at them on.
    const unscheduled = (all: string) => names(all).filter((name) => !name?.endsWith('scheduled_time'))
    expect(unscheduled(after)).toEqual(unscheduled(before))
    // A pump that has not run yet begins anew.
    const counters = (all: string) =>
      all
        .replace(/^.*pipe="own".*$/gm, '')
        .split('\n')
        .filter((line) => /^sesam_pump_\w+_(total|created)\{/.test(line))
    expect(counters(after)).toEqual(counters(before))
  })
})
