import type { MatchingReport, Model } from '../../../engine-worker/index.ts'
import { count } from '../../i18n/numbers.ts'
import { classes } from '../../ui/classes.ts'
import { type DatatypePlace, useDatatypeDrop } from './drag.ts'
import { useModelWords } from './model-words.ts'

interface ConceptCardProps {
  readonly model: Model
  readonly name: string
  readonly report: MatchingReport | null
  readonly isChosen: boolean
  readonly onChoose: () => void
  readonly onDrop: (place: DatatypePlace) => void
  readonly onLook: () => void
}

/** A concept: what feeds it, what makes two records the same, and how many match. */
export function ConceptCard({ model, name, report, isChosen, onChoose, onDrop, onLook }: ConceptCardProps) {
  const w = useModelWords()
  const drop = useDatatypeDrop(onDrop)
  const { keys = [], properties } = model.concepts[name] ?? { properties: {} }
  const mappings = model.mappings.filter(({ concept }) => concept === name)
  const refers = [...new Set(Object.values(properties).flatMap(({ references }) => references ?? []))]
  const share = report && report.read > 0 ? Math.floor((report.matched * 100) / report.read) : null
  const doubtful = report ? report.kinds.keys + report.kinds.several : 0
  return (
    <article
      aria-label={name}
      data-concept={name}
      {...drop.handlers}
      className={classes(
        'rounded-lg border bg-surface shadow-low',
        drop.over ? 'border-accent bg-accent-soft' : isChosen ? 'border-accent ring-1 ring-accent' : 'border-line',
      )}
    >
      <button
        type="button"
        aria-current={isChosen ? 'true' : undefined}
        onClick={onChoose}
        className="flex w-full items-baseline gap-2 rounded-lg px-3 pt-2.5 text-left text-title hover:text-accent"
      >
        <span className="min-w-0 flex-1 truncate font-semibold">{name}</span>
        {report && <span className="font-semibold">{count(report.clusters)}</span>}
      </button>
      <div className="flex flex-col gap-1.5 px-3 pb-3">
        <p className="text-ink-soft">
          {w.board.datatypes(mappings.length)}
          {refers.length > 0 && ` · ${w.board.refersTo(refers.join(', '))}`}
        </p>
        <p className="flex flex-wrap items-center gap-1 text-tiny text-ink-soft">
          {keys.length === 0 ? (
            <span className={mappings.length > 1 ? 'text-warn' : undefined}>{w.board.noKeys}</span>
          ) : (
            <>
              <span>{w.board.sameWhen}</span>
              {keys.map((key, index) => (
                <span key={key.join('+')} className="inline-flex flex-wrap items-center gap-1">
                  {index > 0 && <span>{w.board.or}</span>}
                  <span className="chip">
                    <b className="font-semibold">{key.join(' + ')}</b>
                    {key
                      .flatMap((part) => properties[part]?.normalise ?? [])
                      .map((way) => (
                        <span key={way} className="rounded-sm bg-transform-soft px-1 text-transform">
                          {w.normalise[way]}
                        </span>
                      ))}
                  </span>
                </span>
              ))}
            </>
          )}
        </p>
        {share !== null && keys.length > 0 && mappings.length > 1 && (
          <p className="flex items-center gap-2">
            <span aria-hidden className="h-1 flex-1 overflow-hidden rounded-full bg-sunken">
              <span className="block h-full bg-good" style={{ width: `${share}%` }} />
            </span>
            <span className="text-tiny text-good">{w.board.matched(share)}</span>
          </p>
        )}
        {doubtful > 0 && (
          <p>
            <button type="button" className="link text-warn" onClick={onLook}>
              {w.board.doubtful(doubtful)}
            </button>
          </p>
        )}
      </div>
    </article>
  )
}
