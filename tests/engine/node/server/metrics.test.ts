/** Metrics as Prometheus reads them: its own linter, and a real scrape, where they are installed. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type Server as NetServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { runCommand } from '../../../../engine-worker/node/commands/run.ts'
import { pipeMetrics, pumpMetrics, serviceMetrics } from '../../../../engine-worker/node/metrics/documented.ts'
import { openMetrics, textFormat } from '../../../../engine-worker/node/metrics/exposition.ts'
import { call, emptyFolder, folderWith } from '../../../support/command.ts'
import { readMetrics } from '../../../support/exposition.ts'
import { type TestServer, testServer } from '../../../support/server.ts'
import { ended } from '../../../support/server-process.ts'

const isThere = (program: string) => spawnSync(program, ['--version']).status === 0

let server: TestServer
beforeAll(async () => {
  server = await testServer()
  const pipe = {
    _id: 'odd "name" \\ of a pipe',
    type: 'pipe',
    source: { type: 'embedded', entities: [{ _id: 'a' }] },
    pump: { dead_letter_dataset: 'letters' },
  }
  await server.call('PUT', '/config', { json: [pipe] })
  await server.call('POST', '/pipes/run-all-pipes')
  // With a time that was scheduled before.
  await vi.waitFor(
    async () => {
      await server.call('POST', `/pipes/${encodeURIComponent(pipe._id)}/pump`, { form: { operation: 'start' } })
      expect((await server.call('GET', '/metrics')).text).toContain('sesam_pump_previous_scheduled_time{')
    },
    { timeout: 20_000, interval: 300 },
  )
})
afterAll(() => server.close())

describe('the text format', () => {
  const families = [
    {
      name: 'things',
      type: 'counter' as const,
      help: 'A \\ and\na line.',
      samples: [{ labels: { of: 'a "b"\n\\' }, value: 2, created: 5 }],
    },
    { name: 'nothing', type: 'gauge' as const, help: 'Left out.', samples: [] },
  ]
  it('writes a counter with the time of its creation, and escapes what has to be', () => {
    expect(textFormat(families)).toBe(
      [
        '# HELP things_total A \\\\ and\\na line.',
        '# TYPE things_total counter',
        'things_total{of="a \\"b\\"\\n\\\\"} 2',
        '# HELP things_created A \\\\ and\\na line.',
        '# TYPE things_created gauge',
        'things_created{of="a \\"b\\"\\n\\\\"} 5',
        '',
      ].join('\n'),
    )
  })
  it('ends with a mark as OpenMetrics, where a counter is named without its ending', () => {
    expect(openMetrics(families)).toMatch(
      /^# HELP things A [^\n]+\n# TYPE things counter\nthings_total.+\nthings_created.+\n# EOF\n$/,
    )
  })
})

describe('GET /metrics', () => {
  it('is OpenMetrics where that is asked for', async () => {
    const accept = 'application/openmetrics-text; version=1.0.0'
    const { headers, text } = await server.call('GET', '/metrics', { headers: { accept } })
    expect(headers.get('content-type')).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8')
    expect(text.endsWith('# EOF\n')).toBe(true)
  })

  it.skipIf(!isThere('promtool')).each(['text/plain', 'application/openmetrics-text'])(
    'passes the linter of Prometheus as %s',
    async (accept) => {
      const { text } = await server.call('GET', '/metrics', { headers: { accept } })
      // The linter reads the text format alone; OpenMetrics differs in the names and types of families and its last line.
      const input = accept === 'text/plain' ? text : plainText(text)
      const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input, encoding: 'utf8' })
      expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' })
    },
  )

  it.skipIf(!isThere('promtool'))('of a run on the command line passes it too, and goes on with a store', async () => {
    const folder = folderWith({
      'pipes/a.conf.json': {
        _id: 'a',
        type: 'pipe',
        source: { type: 'embedded', entities: [{ _id: '1' }] },
        metadata: { '$config-group': 'billing' },
      },
    })
    const store = emptyFolder()
    const written = async (...args: string[]) => {
      const file = join(store, 'run.prom')
      expect((await call(runCommand, folder, '--metrics', file, ...args)).code).toBe(0)
      return readFileSync(file, 'utf8')
    }
    const text = await written()
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' })
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' })
    const sampleOf = (all: string, name: string) => readMetrics(all).get(name)?.samples[0]
    expect(sampleOf(text, 'sesam_pipe_config')).toMatchObject({ value: 1, labels: { config_group: 'billing' } })
    const [first, second] = [await written('--store', join(store, 's')), await written('--store', join(store, 's'))]
    for (const name of ['sesam_pump_completed_total', 'sesam_pump_completed_created'])
      expect(sampleOf(second, name)).toEqual(sampleOf(first, name))
    expect(sampleOf(second, 'sesam_pump_completed_total')?.value).toBe(1)
  })

  it.skipIf(!isThere('prometheus')).each(['text/plain', 'application/openmetrics-text'])(
    'is scraped by Prometheus, each series with its value as %s',
    { timeout: 60_000 },
    async (accept) => {
      const prometheus = await startPrometheus(accept)
      try {
        const told = await server.call('GET', '/metrics')
        const samples = [...readMetrics(told.text).values()].flatMap(({ samples }) => samples)
        const names = new Set(samples.map(({ name }) => name.replace(/_total$/, '')))
        const declared = [...serviceMetrics, ...pipeMetrics, ...pumpMetrics].map(({ name }) => name)
        expect(declared.filter((name) => !names.has(name))).toEqual([])
        await expect.poll(() => prometheus.query('up{job="pipewright"}'), { timeout: 40_000 }).toEqual([1])
        for (const { name, labels, value } of samples) {
          const pairs = Object.entries(labels).map(([label, text]) => `${label}=${JSON.stringify(text)}`)
          const found = await prometheus.query(`${name}{${pairs.join(',')}}`)
          expect(found, name).toHaveLength(1)
          if (!/_time$|^pipewright_/.test(name)) expect(found[0], name).toBeCloseTo(value, 3)
        }
      } finally {
        await prometheus.end()
      }
    },
  )
})

/** OpenMetrics as the text format: counters by their whole names, state sets as gauges. */
function plainText(open: string): string {
  const counters = [...open.matchAll(/^# TYPE (\w+) counter$/gm)].map(([, name = '']) => name)
  const lines = open.split('\n').flatMap((line) => {
    const [, word, name = '', rest] = /^# (HELP|TYPE) (\w+) (.*)$/.exec(line) ?? []
    if (line === '# EOF') return []
    if (counters.includes(name)) return [`# ${word} ${name}_total ${rest}`]
    return [line.replace(/ stateset$/, ' gauge')]
  })
  // The times of creation stand between the lines of their counter, without words of their own.
  return lines.filter((line) => !/^\w+_created[{ ]/.test(line)).join('\n')
}

interface Prometheus {
  /** The values of the series that a query gives now. */
  readonly query: (text: string) => Promise<readonly number[]>
  readonly end: () => Promise<void>
}

/** Starts Prometheus, which reads the server through a proxy that asks for one format: which one it likes is its own matter. */
async function startPrometheus(accept: string): Promise<Prometheus> {
  const folder = mkdtempSync(join(tmpdir(), 'pipewright-prometheus-'))
  const port = await freePort()
  const proxy = createHttpServer(async ({ url = '', headers: { authorization = '' } }, response) => {
    const answer = await fetch(server.address + url, { headers: { accept, authorization } })
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
    response.end(await answer.text())
  })
  const target = `127.0.0.1:${await listening(proxy)}`
  writeFileSync(join(folder, 'token'), server.admin)
  writeFileSync(
    join(folder, 'prometheus.yml'),
    [
      'scrape_configs:',
      '  - job_name: pipewright',
      '    scrape_interval: 1s',
      '    metrics_path: /api/metrics',
      `    authorization: {type: Bearer, credentials_file: ${join(folder, 'token')}}`,
      `    static_configs: [{targets: ['${target}']}]`,
      '',
    ].join('\n'),
  )
  const args = [`--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`]
  const child = spawn('prometheus', [...args, `--web.listen-address=127.0.0.1:${port}`], { stdio: 'ignore' })
  return {
    query: async (text) => {
      const address = `http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(text)}`
      const answer = await fetch(address).then(
        (response) => response.json() as Promise<{ data?: { result?: { value: [number, string] }[] } }>,
        () => null,
      )
      return (answer?.data?.result ?? []).map(({ value }) => Number(value[1]))
    },
    end: async () => {
      await ended(child, 'SIGKILL')
      proxy.closeAllConnections()
      proxy.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  const port = await listening(probe)
  probe.close()
  return port
}

function listening(one: NetServer): Promise<number> {
  return new Promise((resolve) => {
    one.listen(0, '127.0.0.1', () => {
      const address = one.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
}
