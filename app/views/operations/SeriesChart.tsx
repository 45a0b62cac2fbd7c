// uplot: a time series on a canvas, 50 kB, without generated code; the table beside it is the alternative.
import 'uplot/dist/uPlot.min.css'
import { useEffect, useRef, useState } from 'react'
import uPlot from 'uplot'
import { count } from '../../i18n/numbers.ts'
import { useOperationsWords } from './operations-words.ts'

interface Series {
  readonly name: string
  /** A colour of the theme: `--accent`. */
  readonly colour: string
  readonly values: readonly (number | null)[]
}

interface SeriesChartProps {
  readonly label: string
  /** Milliseconds since 1970, rising. */
  readonly times: readonly number[]
  readonly series: readonly Series[]
}

const chartHeight = 140

/** A chart over time with its values as a table, one click away. */
export function SeriesChart({ label, times, series }: SeriesChartProps) {
  const w = useOperationsWords().operations
  const place = useRef<HTMLDivElement>(null)
  const [table, setTable] = useState(false)
  useEffect(() => {
    const node = place.current
    if (!node || table) return
    const chart = new uPlot(optionsFor(node, series), dataOf(times, series), node)
    const follow = new ResizeObserver(() => chart.setSize({ width: node.clientWidth, height: chartHeight }))
    follow.observe(node)
    return () => {
      follow.disconnect()
      chart.destroy()
    }
  }, [times, series, table])
  return (
    <div>
      {table ? (
        <ValueTable label={label} times={times} series={series} />
      ) : (
        <div ref={place} role="img" aria-label={summary(label, series)} />
      )}
      <div className="flex items-center gap-4 text-tiny">
        {series.map(({ name, colour }) => (
          <span key={name} className="flex items-center gap-1.5 text-ink-soft">
            <span aria-hidden className="h-0.5 w-4" style={{ background: `var(${colour})` }} />
            {name}
          </span>
        ))}
        <span className="flex-1" />
        <button type="button" className="link" aria-pressed={table} onClick={() => setTable(!table)}>
          {table ? w.asChart : w.asTable}
        </button>
      </div>
    </div>
  )
}

/** One sentence: what the chart is about, with the largest value of each line. */
function summary(label: string, series: readonly Series[]): string {
  const largest = series.map(
    ({ name, values }) => `${name}: ${count(Math.max(0, ...values.map((value) => value ?? 0)))}`,
  )
  return `${label}. ${largest.join(', ')}`
}

function dataOf(times: readonly number[], series: readonly Series[]): uPlot.AlignedData {
  return [times.map((time) => time / 1000), ...series.map(({ values }) => [...values])]
}

function optionsFor(node: HTMLElement, series: readonly Series[]): uPlot.Options {
  const styles = getComputedStyle(node)
  const colourOf = (name: string) => styles.getPropertyValue(name).trim()
  const axis = {
    stroke: colourOf('--ink-soft'),
    grid: { stroke: colourOf('--line'), width: 1 },
    ticks: { show: false },
  }
  return {
    width: node.clientWidth,
    height: chartHeight,
    legend: { show: false },
    cursor: { y: false },
    axes: [
      axis,
      {
        ...axis,
        size: 60,
        values: (_, values) => values.map((value) => (Number.isInteger(value) ? count(value) : '')),
      },
    ],
    scales: { y: { range: (_, __, most) => [0, Math.max(1, most * 1.1)] } },
    series: [
      {},
      ...series.map(({ name, colour: stroke }) => ({
        label: name,
        stroke: colourOf(stroke),
        width: 1.5,
        points: { show: false },
      })),
    ],
  }
}

function ValueTable({ label, times, series }: SeriesChartProps) {
  const w = useOperationsWords().operations
  // Steps in which nothing happened would hide the others.
  const rows = times.flatMap((at, index) => {
    const values = series.map((each) => each.values[index] ?? null)
    return values.some((value) => value !== null && value > 0) ? [{ at, values }] : []
  })
  return (
    <div className="max-h-48 overflow-auto">
      <table className="w-full" aria-label={label}>
        <thead>
          <tr className="text-left text-ink-soft">
            <th scope="col">{w.time}</th>
            {series.map(({ name }) => (
              <th key={name} scope="col" className="text-right">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, values }) => (
            <tr key={at} className="border-line border-t">
              <th scope="row" className="text-left font-normal">
                {new Date(at).toLocaleString()}
              </th>
              {values.map((value, index) => (
                <td key={series[index]?.name} className="text-right tabular-nums">
                  {value === null ? '' : count(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className="text-ink-soft">{w.nothingHappened}</p>}
    </div>
  )
}
