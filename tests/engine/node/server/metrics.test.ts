/** Metrics as Prometheus reads them: its own linter, and a real scrape, where they are installed. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openMetrics, textFormat } from '../../../../engine-worker/node/metrics/exposition.ts'
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
  it('has every documented name', async () => {
    const { text } = await server.call('GET', '/metrics')
    const names = [
      'sesam_health',
      'sesam_backup_health',
      'sesam_service_restarts',
      'sesam_pipe_enabled',
      'sesam_pipe_config',
    ]
    for (const ending of ['usage', 'queue_source', 'queue_tracking', 'queue_replicas', 'circuit_breaker_tripped'])
      names.push(`sesam_pipe_${ending}`)
    for (const dataset of ['sink', 'dead_letter'])
      for (const count of ['index_exists', 'index_deleted', 'log_exists', 'log_deleted'])
        names.push(`sesam_pipe_${dataset}_dataset_count_${count}`)
    for (const ending of ['total_time', 'successful', 'entities_retryable', 'scrape_time', 'last_completed_time'])
      names.push(`sesam_pump_${ending}`)
    for (const ending of ['started', 'completed', 'failed', 'interrupted', 'entities_changes', 'entities_seen'])
      names.push(`sesam_pump_${ending}_total`)
    names.push('sesam_pump_entities_compacted_total', 'sesam_pump_entities_deletion_tracked_total')
    const missing = names.filter((name) => !text.includes(`\n${name}{`) && !text.includes(`\n${name} `))
    expect(missing).toEqual([])
  })

  it('is OpenMetrics where that is asked for', async () => {
    const accept = 'application/openmetrics-text; version=1.0.0'
    const { headers, text } = await server.call('GET', '/metrics', { headers: { accept } })
    expect(headers.get('content-type')).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8')
    expect(text.endsWith('# EOF\n')).toBe(true)
  })

  it.skipIf(!isThere('promtool'))('passes the linter of Prometheus', async () => {
    const { text } = await server.call('GET', '/metrics')
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' })
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' })
  })

  it.skipIf(!isThere('prometheus'))('is scraped by Prometheus', { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pipewright-prometheus-'))
    const port = await freePort()
    const target = new URL(server.address).host
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
    try {
      const query = `http://127.0.0.1:${port}/api/v1/query?query=sesam_pump_completed_total`
      await expect
        .poll(
          () =>
            fetch(query).then(
              async (r) => r.text(),
              () => '',
            ),
          { timeout: 40_000, interval: 500 },
        )
        .toContain('"__name__":"sesam_pump_completed_total"')
    } finally {
      await ended(child, 'SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
