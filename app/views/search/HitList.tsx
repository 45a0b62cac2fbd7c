import type { KeyboardEvent, ReactNode } from 'react'
import type { AnswerOf } from '../../../engine-worker/index.ts'
import { groupOf, shortName } from '../../data/dataset.ts'
import { PropertyName } from '../../data/PropertyName.tsx'
import { href } from '../../route.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useSettings } from '../../store/settings.ts'
import { classes } from '../../ui/classes.ts'
import { useSearchWords } from './search-words.ts'

type Hit = AnswerOf<'search'>['hits'][number]

interface HitListProps {
  readonly project: string
  readonly hits: readonly Hit[]
  /** Hits by dataset, those that are not shown too. */
  readonly counts: ReadonlyMap<string, number>
  readonly chosen: { readonly dataset: string; readonly id: string } | null
  readonly onChoose: (hit: Hit) => void
}

/** What was found, by dataset: global ones first, and of these and the others the one with the best hit. */
export function HitList({ project, hits, counts, chosen, onChoose }: HitListProps) {
  const w = useSearchWords()
  const datasets = useEngine((state) => state.datasets)
  const facts = useEngine((state) => state.facts)
  const groups = new Map<string, Hit[]>()
  for (const hit of hits) groups.set(hit.dataset, [...(groups.get(hit.dataset) ?? []), hit])
  const globals = new Set(facts.filter((each) => each.global).map(({ pipe }) => pipe))
  const isGlobal = (dataset: string) => globals.has(datasets.find(({ name }) => name === dataset)?.producer ?? '')
  const globalsFirst = [...groups].sort(([a], [b]) => Number(isGlobal(b)) - Number(isGlobal(a)))
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const all = [...document.querySelectorAll<HTMLElement>('[data-hit]')]
    const next = all[all.findIndex((each) => each === document.activeElement) + step]
    if (next) next.focus()
    else if (step < 0) document.querySelector<HTMLElement>('input[type=search]')?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys go from button to button, which are in the list
    <div className="flex flex-col gap-3 pb-3" onKeyDown={onKeyDown}>
      {globalsFirst.map(([dataset, found]) => {
        const summary = datasets.find(({ name }) => name === dataset)
        const total = counts.get(dataset) ?? found.length
        return (
          <section
            key={dataset}
            aria-label={dataset}
            className="overflow-hidden rounded-lg border border-line bg-surface"
          >
            <header className="flex items-center gap-2 border-b border-line bg-sunken px-3 py-1.5">
              <span
                aria-hidden
                className={classes(
                  'h-3.5 w-[3px] shrink-0 rounded-full',
                  summary && groupOf(summary) === 'output' ? 'bg-sink' : 'bg-accent',
                )}
              />
              <h2 className="min-w-0 truncate font-semibold" title={dataset}>
                {summary ? shortName(summary) : dataset}
              </h2>
              {summary && <span className="text-ink-soft">{w.data.total(summary.live, String(summary.live))}</span>}
              <span className="flex-1" />
              <span className="shrink-0 text-ink-soft">{w.search.total(total)}</span>
              <a className="shrink-0 text-accent underline" href={href({ at: 'data', project, dataset, entity: null })}>
                {w.search.asTable}
              </a>
            </header>
            <ul>
              {found.map((hit) => (
                <li key={hit.id} className="border-b border-line last:border-b-0">
                  <HitRow
                    hit={hit}
                    isChosen={chosen?.dataset === hit.dataset && chosen.id === hit.id}
                    onChoose={() => onChoose(hit)}
                  />
                </li>
              ))}
              {total > found.length && (
                <li className="px-3 py-1 text-ink-soft">{w.search.moreHere(total - found.length)}</li>
              )}
            </ul>
          </section>
        )
      })}
    </div>
  )
}

interface HitRowProps {
  readonly hit: Hit
  readonly isChosen: boolean
  readonly onChoose: () => void
}

function HitRow({ hit, isChosen, onChoose }: HitRowProps) {
  const w = useSearchWords()
  const language = useSettings((state) => state.language)
  return (
    <button
      type="button"
      data-hit
      aria-pressed={isChosen}
      onClick={onChoose}
      className={classes(
        'flex w-full flex-col gap-0.5 border-l-[3px] px-3 py-1.5 text-left',
        isChosen ? 'border-l-accent bg-accent-soft' : 'border-l-transparent hover:bg-hover',
      )}
    >
      <span className="flex w-full items-baseline gap-2">
        <span className={classes('min-w-0 truncate font-semibold', hit.deleted && 'line-through')}>{hit.title}</span>
        {hit.title !== hit.id && <span className="mono min-w-0 truncate text-ink-soft">{hit.id}</span>}
        {hit.merged > 1 && (
          <span className="shrink-0 rounded-full border border-line px-1.5 text-tiny text-accent">
            {w.search.merged(hit.merged)}
          </span>
        )}
        {hit.deleted && <span className="shrink-0 text-tiny text-bad">{w.data.deleted}</span>}
        <span className="flex-1" />
        <span className="shrink-0 text-tiny text-ink-faint">{momentText(hit.written, language)}</span>
      </span>
      {hit.snippets.length > 0 && (
        <span className="flex w-full flex-wrap gap-x-4 text-ink-soft">
          {hit.snippets.map(({ property, text, marks }, place) => (
            <span key={place} className="flex min-w-0 max-w-full gap-1.5">
              <span className="mono max-w-48 shrink-0 text-tiny leading-5">
                <PropertyName name={property} />
              </span>
              <span className="min-w-0 truncate text-ink">{markedParts(text, marks)}</span>
            </span>
          ))}
        </span>
      )}
    </button>
  )
}

function markedParts(text: string, marks: Hit['snippets'][number]['marks']): ReactNode {
  const parts: ReactNode[] = []
  let at = 0
  for (const { from, to } of marks) {
    parts.push(
      text.slice(at, from),
      <mark key={from} className="rounded-sm bg-warn-soft text-ink">
        {text.slice(from, to)}
      </mark>,
    )
    at = to
  }
  return [...parts, text.slice(at)]
}

/** The time of today, or the day. */
function momentText(milliseconds: number, language: string): string {
  const moment = new Date(milliseconds)
  const isToday = moment.toDateString() === new Date().toDateString()
  return new Intl.DateTimeFormat(
    language === 'nb' ? 'nb-NO' : 'en-GB',
    isToday ? { hour: '2-digit', minute: '2-digit' } : { day: 'numeric', month: 'short', year: 'numeric' },
  ).format(moment)
}
