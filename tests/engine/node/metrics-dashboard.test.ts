/** The dashboard for Grafana is complete and uses only metrics that a server has. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type TestServer, testServer } from '../../support/server.ts'

interface Dashboard {
  readonly title: string
  readonly uid: string
  readonly schemaVersion: number
  readonly templating: { readonly list: readonly { readonly name: string }[] }
  readonly panels: readonly {
    readonly id: number
    readonly title: string
    readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
    readonly targets: readonly { readonly expr: string }[]
  }[]
}

const file = join(import.meta.dirname, '../../../public/grafana-dashboard.json')
const dashboard: Dashboard = JSON.parse(readFileSync(file, 'utf8'))

let server: TestServer
beforeAll(async () => {
  server = await testServer()
  const pipe = { _id: 'a', type: 'pipe', source: { type: 'embedded', entities: [{ _id: '1' }] } }
  const letters = { pump: { dead_letter_dataset: 'letters' }, source: { type: 'dataset', dataset: 'a' } }
  await server.call('PUT', '/config', { json: [pipe, { _id: 'b', type: 'pipe', ...letters }] })
  await server.call('POST', '/pipes/a/pump', { form: { operation: 'start' } })
})
afterAll(() => server.close())

describe('the dashboard', () => {
  it('asks only for metrics that a server has', async () => {
    // Schedules are known from the first look at them on.
    const text = await vi.waitFor(
      async () => {
        const { text } = await server.call('GET', '/metrics')
        expect(text).toContain('sesam_pump_scheduled_time{')
        return text
      },
      { timeout: 20_000, interval: 200 },
    )
    const has = new Set([...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name))
    const asked = dashboard.panels.flatMap(({ targets }) =>
      targets.flatMap(({ expr }) => [...expr.matchAll(/\b(?:sesam|pipewright)_\w+/g)].map(([name]) => name)),
    )
    expect(asked.length).toBeGreaterThan(10)
    expect([...new Set(asked)].filter((name) => !has.has(name))).toEqual([])
  })

  it('has panels with ids and places of their own, and the variables that they use', () => {
    expect(dashboard).toMatchObject({ title: 'Pipewright', uid: 'pipewright' })
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length)
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, at) => `${x + (at % w)} ${y + Math.floor(at / w)}`),
    )
    expect(new Set(cells).size).toBe(cells.length)
    const used = new Set([...JSON.stringify(dashboard.panels).matchAll(/\$\{?(\w+)/g)].map(([, name]) => name))
    const known = dashboard.templating.list.map(({ name }) => name)
    expect([...used].filter((name) => !known.includes(name ?? ''))).toEqual([])
  })
})
