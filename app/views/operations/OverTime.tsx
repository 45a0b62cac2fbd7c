import { useMemo } from 'react'
import type { MinuteSums } from '../../../engine-worker/index.ts'
import { useSettings } from '../../store/settings.ts'
import { useOperationsWords } from './operations-words.ts'
import { Panel } from './Panel.tsx'
import { SeriesChart } from './SeriesChart.tsx'

const MINUTE = 60_000
/** Points that a chart has at most. */
const maxPoints = 240

interface OverTimeProps {
  readonly minutes: readonly MinuteSums[]
  /** Milliseconds since 1970. */
  readonly from: number
  readonly to: number
}

/** Throughput, queues and failures over an hour, a day or a week. */
export function OverTime({ minutes, from, to }: OverTimeProps) {
  const w = useOperationsWords().operations
  const points = useMemo(() => seriesOverTime(minutes, from, to), [minutes, from, to])
  // A chart has the colours that the theme had when it was drawn.
  const theme = useSettings((state) => state.theme)
  const times = points.map(({ at }) => at)
  return (
    <>
      <Panel title={w.throughputOverTime}>
        <SeriesChart
          key={theme}
          label={w.throughputOverTime}
          times={times}
          series={[
            { name: w.read, colour: '--source', values: points.map(({ read }) => read) },
            { name: w.written, colour: '--sink', values: points.map(({ written }) => written) },
          ]}
        />
      </Panel>
      <Panel title={w.queueOverTime}>
        <SeriesChart
          key={theme}
          label={w.queueOverTime}
          times={times}
          series={[{ name: w.queued, colour: '--warn', values: points.map(({ queued }) => queued) }]}
        />
      </Panel>
      <Panel title={w.runsOverTime}>
        <SeriesChart
          key={theme}
          label={w.runsOverTime}
          times={times}
          series={[
            { name: w.runsMade, colour: '--accent', values: points.map(({ runs }) => runs) },
            { name: w.failed, colour: '--bad', values: points.map(({ failed }) => failed) },
          ]}
        />
      </Panel>
    </>
  )
}

/** The minutes as equal steps of time: counts of a step are added up, the queue is the last one seen in or before it. */
export function seriesOverTime(minutes: readonly MinuteSums[], from: number, to: number) {
  const step = Math.max(MINUTE, Math.ceil((to - from) / maxPoints / MINUTE) * MINUTE)
  const first = Math.floor(from / step) * step
  const points: { at: number; read: number; written: number; runs: number; failed: number; queued: number | null }[] =
    []
  for (let at = first; at <= to; at += step) points.push({ at, read: 0, written: 0, runs: 0, failed: 0, queued: null })
  for (const minute of minutes) {
    const point = points[Math.floor((minute.at - first) / step)]
    if (!point) continue
    point.read += minute.read
    point.written += minute.written
    point.runs += minute.runs
    point.failed += minute.failed
    point.queued = minute.queued ?? point.queued
  }
  let queued: number | null = null
  for (const point of points) {
    queued = point.queued ?? queued
    point.queued = queued
  }
  return points
}
