import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { duration } from '../i18n/i18n.ts'
import { count } from '../i18n/numbers.ts'
import { classes } from './classes.ts'

/** A stretch of time in a row, in milliseconds after the start. */
export interface TimelineBar {
  readonly from: number
  readonly milliseconds: number
  readonly look: string
  readonly title: string
  /** The share of it, from 0 to 1, that is hatched. */
  readonly hatched?: number
}

/** What was at work in time, with a link to it. */
export interface TimelineRow {
  readonly name: string
  readonly href: string
  readonly failed: boolean
  /** What the bars show, for those who do not see them. */
  readonly says: string
  readonly bars: readonly TimelineBar[]
  /** Since when it waited for its first bar. */
  readonly waitedFrom?: number | null
  /** Shown after its last bar. */
  readonly note?: string | undefined
  /** One for each column of figures. */
  readonly figures: readonly number[]
}

/** Rows under a heading. */
interface TimelineGroup {
  readonly key: string
  readonly heading?: ReactNode
  readonly figures: readonly number[]
  readonly rows: readonly TimelineRow[]
}

interface TimelineTableProps {
  /** Heads of the columns. */
  readonly name: string
  readonly when: string
  readonly figures: readonly string[]
  /** Milliseconds of all. */
  readonly length: number
  readonly groups: readonly TimelineGroup[]
}

/** Shares of the length that the axis is marked at. */
const gridMarks = [0, 0.25, 0.5, 0.75]

/** Work in time: a table whose bars say when each was at work and for how long. */
export function TimelineTable({ name, when, figures, length, groups }: TimelineTableProps) {
  const table = useRef<HTMLTableElement>(null)
  const columns = 2 + figures.length
  return (
    <table ref={table} className="w-full table-fixed" onKeyDown={(event) => moveFocus(event, table.current)}>
      <thead className="text-left text-ink-soft">
        <tr className="h-7 border-line border-b">
          <th scope="col" className="w-[30%] px-3 font-semibold lg:w-60">
            {name}
          </th>
          <th scope="col" aria-label={when} className="relative font-normal text-tiny">
            {gridMarks.map((share) => (
              <span key={share} className="absolute top-1.5" style={{ left: `${100 * share}%` }}>
                {duration(share * length)}
              </span>
            ))}
          </th>
          {figures.map((figure, index) => (
            <th
              key={figure}
              scope="col"
              className={classes('w-20 text-right font-normal', paddingClass(index, figures))}
            >
              {figure}
            </th>
          ))}
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group.key}>
          {group.heading !== undefined && (
            <tr className="h-6 border-line border-b bg-sunken">
              <th scope="rowgroup" className="px-3 text-left font-semibold" colSpan={columns - group.figures.length}>
                {group.heading}
              </th>
              {group.figures.map((figure, index) => (
                <td key={index} className={classes('text-right text-ink-soft', paddingClass(index, group.figures))}>
                  {count(figure)}
                </td>
              ))}
            </tr>
          )}
          {group.rows.map((row) => (
            <Row key={row.name} row={row} length={length} />
          ))}
        </tbody>
      ))}
    </table>
  )
}

/** The last column keeps the distance of the table's edge. */
function paddingClass(index: number, all: readonly unknown[]): string {
  return index === all.length - 1 ? 'px-3' : 'px-2'
}

/** Up and down go from row to row, E to the next one that failed, Home and End to the ends. */
function moveFocus(event: KeyboardEvent, table: HTMLTableElement | null): void {
  const links = [...(table?.querySelectorAll<HTMLElement>('a[data-row]') ?? [])]
  const at = links.findIndex((link) => link.matches(':focus'))
  if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return
  const failed = [...links.slice(at + 1), ...links.slice(0, at)].find((link) => link.dataset.row === 'failed')
  const to: Readonly<Record<string, HTMLElement | undefined>> = {
    ArrowDown: links[at + 1],
    ArrowUp: links[at - 1],
    Home: links[0],
    End: links.at(-1),
    e: failed,
  }
  const next = to[event.key]
  if (!next) return
  event.preventDefault()
  next.focus()
}

function Row({ row, length }: { readonly row: TimelineRow; readonly length: number }) {
  const { name, bars, failed, waitedFrom = null } = row
  const percent = (milliseconds: number) => `${(100 * milliseconds) / length}%`
  const begin = bars[0]?.from ?? 0
  const end = Math.max(0, ...bars.map(({ from, milliseconds }) => from + milliseconds))
  return (
    <tr className="h-6 border-line border-b last:border-b-0 hover:bg-hover">
      <th scope="row" className="truncate px-3 text-left font-normal">
        <a
          data-row={failed ? 'failed' : ''}
          href={row.href}
          title={name}
          className={classes('flex min-h-6 items-center pl-3 hover:underline', failed && 'text-bad')}
        >
          <span className="truncate">{name}</span>
        </a>
      </th>
      <td className="relative">
        <span className="sr-only">{row.says}</span>
        {waitedFrom !== null && (
          <span
            aria-hidden
            className="absolute top-1/2 h-0.5 bg-line-strong"
            style={{ left: percent(waitedFrom), width: percent(begin - waitedFrom) }}
          />
        )}
        {bars.map(({ from, milliseconds, look, title, hatched = 0 }) => (
          <span
            key={from}
            aria-hidden
            title={title}
            className={classes('absolute inset-y-1 min-w-[3px] overflow-hidden rounded-sm', look)}
            style={{ left: percent(from), width: percent(milliseconds) }}
          >
            {hatched > 0 && (
              <span className="hatched absolute inset-y-0 right-0" style={{ width: `${100 * hatched}%` }} />
            )}
          </span>
        ))}
        {row.note !== undefined && (
          <span
            aria-hidden
            className="absolute top-0.5 ml-1 truncate text-bad text-tiny"
            style={{ left: percent(end) }}
          >
            {row.note}
          </span>
        )}
      </td>
      {row.figures.map((figure, index) => (
        <td
          key={index}
          className={classes(
            'text-right tabular-nums',
            index < row.figures.length - 1 && 'text-ink-soft',
            paddingClass(index, row.figures),
          )}
        >
          {count(figure)}
        </td>
      ))}
    </tr>
  )
}
