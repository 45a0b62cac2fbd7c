/** The usage of an environment by the metrics of its node. */
import { describe, expect, it } from 'vitest'
import { Fault } from '../../../engine-worker/problem.ts'
import {
  measuredSamples,
  readMeasured,
  readMetrics,
  usedElsewhere,
  withMeasured,
} from '../../../engine-worker/subscription/measured.ts'

const text = `# HELP sesam_pipe_usage Storage of the pipe
# TYPE sesam_pipe_usage gauge
sesam_pipe_usage{node="a",pipe="crm-customer"} 2.5e+06 1764500000000
sesam_pipe_usage{pipe="global \\"customer\\"",node="a"} 4000000
sesam_pipe_usage{pipe="gone"} NaN
sesam_pipe_usage{other="x"} 7
sesam_pipe_sink_dataset_count_index_exists{pipe="crm-customer"} 12
sesam_pipe_sink_dataset_count_log_exists{pipe="crm-customer"} 30
sesam_pump_total{pipe="crm-customer"} 99
`
const filledDatasets = [
  {
    ...{ dataset: 'crm-customer', pipe: 'crm-customer', isOfProject: true, system: 'crm', group: 'sales' },
    ...{ durable: true, global: false, readers: [] },
  },
]

describe('usage by metrics', () => {
  it('is read from the text, whatever the order of labels', () => {
    expect(readMetrics(text)).toEqual({
      'crm-customer': { bytes: 2_500_000, entities: 12, versions: 30 },
      'global "customer"': { bytes: 4_000_000, entities: 0, versions: 0 },
    })
  })

  it('is refused where the text has none', () => {
    for (const other of ['', '<html></html>', 'sesam_pipe_usage{pipe="a"} 0\n', '{"pipes": []}'])
      expect(() => readMetrics(other)).toThrow(Fault)
    expect(readMetrics('sesam_pipe_usage{pipe="__proto__"} 3')).toEqual(
      Object.fromEntries([['__proto__', { bytes: 3, entities: 0, versions: 0 }]]),
    )
  })

  it('counts by what the pipes of the project are; others are listed under their names', () => {
    const used = usedElsewhere(filledDatasets, { pipes: readMetrics(text) }, 0)
    expect(used.map(({ dataset, counted, group }) => [dataset, counted, group])).toEqual([
      ['crm-customer', 7_500_000, 'sales'],
      ['global "customer"', 4_000_000, null],
    ])
  })

  it('is kept by day, the later text of a day in the place of the earlier', () => {
    const day = (name: string, bytes: number) => ({ day: name, pipes: { a: { bytes, entities: 1, versions: 1 } } })
    const days = [day('2026-11-02', 5), day('2026-11-01', 3), day('2026-11-02', 6)].reduce(
      withMeasured,
      readMeasured([]),
    )
    expect(days.map((each) => [each.day, each.pipes.a?.bytes])).toEqual([
      ['2026-11-01', 3],
      ['2026-11-02', 6],
    ])
    expect(readMeasured(JSON.parse(JSON.stringify(days)))).toEqual(days)
    expect(readMeasured([{ day: 'x' }, 7, { day: '2026-11-01', pipes: { a: 1 } }])).toEqual([
      { day: '2026-11-01', pipes: {} },
    ])
    expect(measuredSamples(days, filledDatasets).map(({ bytes }) => bytes)).toEqual([3, 6])
  })
})
