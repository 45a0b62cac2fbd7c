import { useState } from 'react'
import type { MatchingReport } from '../../../engine-worker/index.ts'
import { count } from '../../i18n/numbers.ts'
import { useEventCallback } from '../../ui/use-event-callback.ts'
import { ClusterCounts, Funnel } from './ClusterCounts.tsx'
import { ConceptBar } from './ConceptBar.tsx'
import { MatchingKeys } from './MatchingKeys.tsx'
import { useModelWords } from './model-words.ts'
import type { ConceptPartProps } from './part-props.ts'
import { useMatching } from './queries.ts'
import { SideBySide } from './SideBySide.tsx'

/** What makes two records the same: keys with their rates, from records to clusters, and doubtful ones side by side. */
export function Matching({ model, text, isSound, concept, onConcept }: ConceptPartProps) {
  const w = useModelWords()
  const report = useMatching(text, isSound)?.[concept] ?? null
  const [at, setAt] = useState(0)
  const doubtful = report?.doubtful ?? []
  const shown = doubtful[Math.min(at, Math.max(0, doubtful.length - 1))] ?? null
  const moveBy = (by: number) => setAt(Math.max(0, Math.min(doubtful.length - 1, at + by)))
  const handleKeyDown = useEventCallback((event: React.KeyboardEvent) => {
    const { target } = event
    if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) return
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'j') moveBy(1)
    if (event.key === 'k') moveBy(-1)
  })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: J and K go through the doubtful ones, which are buttons too
    <div className="flex min-h-0 flex-1 flex-col" onKeyDown={handleKeyDown}>
      <ConceptBar model={model} concept={concept} onConcept={onConcept}>
        <Rates report={report} />
      </ConceptBar>
      <div className="flex min-h-0 flex-1 overflow-auto bg-canvas max-xl:flex-col">
        <div className="flex w-80 shrink-0 flex-col gap-3 p-4 max-xl:w-full xl:overflow-auto">
          <MatchingKeys model={model} concept={concept} report={report} />
        </div>
        <div className="flex min-w-72 flex-1 flex-col gap-3 p-4 xl:overflow-auto xl:pl-0">
          {report === null ? (
            <p className="text-ink-soft">{isSound ? w.matching.counting : w.generate.unsoundSays}</p>
          ) : report.read === 0 ? (
            <p className="text-ink-soft">{w.matching.noData}</p>
          ) : (
            <>
              <Funnel model={model} report={report} />
              <ClusterCounts model={model} concept={concept} report={report} />
              <section aria-label={w.matching.doubtful} className="rounded-lg border border-line bg-surface shadow-low">
                <h2 className="eyebrow flex items-center border-b border-line px-3 py-2">
                  <span className="flex-1">{w.matching.doubtful}</span>
                  {doubtful.length > 0 && w.matching.place(Math.min(at, doubtful.length - 1) + 1, doubtful.length)}
                </h2>
                {doubtful.length === 0 && <p className="p-3 text-ink-soft">{w.matching.noneDoubtful}</p>}
                <ul className="max-h-72 overflow-auto">
                  {doubtful.map((cluster, index) => (
                    <li key={cluster.members.map(({ mapping, id }) => `${mapping} ${id}`).join()}>
                      <button
                        type="button"
                        aria-current={cluster === shown ? 'true' : undefined}
                        onClick={() => setAt(index)}
                        className={
                          cluster === shown
                            ? 'flex h-8 w-full items-center gap-3 bg-accent-soft px-3 text-left'
                            : 'flex h-8 w-full items-center gap-3 px-3 text-left hover:bg-hover'
                        }
                      >
                        <span className="mono min-w-0 flex-1 truncate">
                          {cluster.members.map(({ id }) => id).join(' · ')}
                        </span>
                        <span className={cluster.why === 'keys' ? 'text-tiny text-bad' : 'text-tiny text-warn'}>
                          {cluster.why === 'keys'
                            ? w.matching.differs(cluster.differing.join(', '))
                            : w.matching.several}
                        </span>
                        <span className="text-tiny text-ink-soft">{w.matching.records(cluster.members.length)}</span>
                      </button>
                    </li>
                  ))}
                </ul>
              </section>
            </>
          )}
        </div>
        {shown !== null && (
          <div className="w-[460px] shrink-0 border-l border-line bg-surface p-4 max-xl:w-full xl:overflow-auto">
            <SideBySide model={model} text={text} isSound={isSound} concept={concept} cluster={shown} />
          </div>
        )}
      </div>
    </div>
  )
}

function Rates({ report }: { readonly report: MatchingReport | null }) {
  const w = useModelWords()
  if (report === null || report.read === 0) return null
  const share = Math.floor((report.matched * 1000) / report.read) / 10
  const doubtful = report.kinds.keys + report.kinds.several
  return (
    <p aria-live="polite" className="flex flex-wrap items-center gap-2">
      <span className="rounded-full bg-good-soft px-2 text-tiny text-good">{w.matching.matched(share)}</span>
      {doubtful > 0 && (
        <span className="rounded-full bg-warn-soft px-2 text-tiny text-warn">{w.board.doubtful(doubtful)}</span>
      )}
      <span className="text-ink-soft">{w.panel.counts(count(report.read), count(report.clusters))}</span>
    </p>
  )
}
