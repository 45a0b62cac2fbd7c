import type { MatchingReport, Model } from '../../../engine-worker/index.ts'
import { count } from '../../i18n/numbers.ts'
import { editModel } from '../../store/project/model-file.ts'
import { useProject } from '../../store/project/project.ts'
import { classes } from '../../ui/classes.ts'
import { Input } from '../../ui/Field.tsx'
import { changeConcept, withPart } from './edits.ts'
import { Monogram } from './Monogram.tsx'
import { useModelWords } from './model-words.ts'
import { mappingSystem } from './names.ts'

/** From the records that were read to those that match. */
export function Funnel({ model, report }: { readonly model: Model; readonly report: MatchingReport }) {
  const w = useModelWords()
  const { read, keyed, matched, clusters, kinds } = report
  const steps = [
    { name: w.matching.read, number: read, says: w.matching.datatypes(report.mappings.length), look: 'bg-line-strong' },
    { name: w.matching.withKey, number: keyed, says: w.matching.without(count(read - keyed)), look: 'bg-source' },
    {
      name: w.matching.match,
      number: matched,
      says: w.matching.inClusters(count(clusters - kinds.alone)),
      look: 'bg-good',
    },
  ]
  return (
    <section aria-label={w.matching.funnel} className="rounded-lg border border-line bg-surface p-3 shadow-low">
      <h2 className="eyebrow">{w.matching.funnel}</h2>
      <ul className="mt-2 flex flex-col gap-2">
        {steps.map(({ name, number, says, look }) => (
          <li key={name} className="grid grid-cols-[110px_1fr_70px] items-center gap-3">
            <span className="font-semibold">{name}</span>
            <span>
              <span aria-hidden className="block h-2.5 overflow-hidden rounded-sm bg-sunken">
                <span
                  className={`block h-full ${look}`}
                  style={{ width: `${read === 0 ? 0 : (number * 100) / read}%` }}
                />
              </span>
              <span className="text-tiny text-ink-soft">{says}</span>
            </span>
            <span className="text-right font-semibold">{count(number)}</span>
          </li>
        ))}
      </ul>
      <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 border-t border-line pt-2 text-tiny text-ink-soft">
        {report.mappings.map(({ name, read: own, matched: joined, dataset }) => (
          <li key={name} className="flex items-center gap-1.5">
            <Monogram system={mappingSystem(model, name)} /> {name}{' '}
            {dataset === null ? w.board.noData : w.matching.ofSystem(count(joined), count(own))}
          </li>
        ))}
      </ul>
    </section>
  )
}

interface ClusterCountsProps {
  readonly model: Model
  readonly concept: string
  readonly report: MatchingReport
}

/** Which kinds of clusters there are, how large they are, and how large they may be. */
export function ClusterCounts({ model, concept, report }: ClusterCountsProps) {
  const w = useModelWords()
  const readOnly = useProject((state) => state.readOnly)
  const limit = model.concepts[concept]?.limit
  const most = Math.max(1, ...report.sizes.map(({ clusters }) => clusters))
  const kinds = [
    { id: 'pairs', look: 'bg-good' },
    { id: 'wider', look: 'bg-good' },
    { id: 'several', look: 'bg-warn' },
    { id: 'keys', look: 'bg-bad' },
    { id: 'alone', look: 'bg-line-strong' },
  ] as const
  return (
    <>
      <section aria-label={w.matching.found} className="rounded-lg border border-line bg-surface shadow-low">
        <h2 className="eyebrow border-b border-line px-3 py-2">{w.matching.found}</h2>
        <ul>
          {kinds.map(({ id, look }) => (
            <li key={id} className="flex h-8 items-center gap-3 border-b border-line px-3 last:border-b-0">
              <span aria-hidden className={`size-2 rounded-full ${look}`} />
              <span className="w-28 font-semibold">{w.matching.kinds[id].name}</span>
              <span className="min-w-0 flex-1 truncate text-ink-soft">{w.matching.kinds[id].says}</span>
              <span className="font-semibold">{count(report.kinds[id])}</span>
            </li>
          ))}
        </ul>
      </section>
      <section aria-label={w.matching.sizes} className="rounded-lg border border-line bg-surface p-3 shadow-low">
        <header className="flex items-center gap-2">
          <h2 className="eyebrow flex-1">{w.matching.sizes}</h2>
          <label htmlFor="model-limit" className="shrink-0 text-tiny text-ink-soft">
            {w.matching.limit}
          </label>
          <Input
            id="model-limit"
            type="number"
            min={1}
            className="max-w-24"
            disabled={readOnly}
            value={limit ?? ''}
            onChange={(event) => {
              const number = event.target.value === '' ? undefined : Math.max(1, Math.floor(Number(event.target.value)))
              editModel(
                w.matching.limitStep(concept),
                (before) => changeConcept(before, concept, (one) => withPart(one, 'limit', number)),
                `limit ${concept}`,
              )
            }}
          />
        </header>
        {report.sizes.length === 0 ? (
          <p className="text-ink-soft">{w.matching.noClusters}</p>
        ) : (
          <ul className="mt-2 flex h-28 items-end gap-2">
            {report.sizes.slice(0, 12).map(({ records, clusters }) => (
              <li key={records} className="flex w-16 flex-col items-center text-tiny">
                <span>{count(clusters)}</span>
                <span
                  aria-hidden
                  className={classes(
                    'w-full rounded-t-sm',
                    limit !== undefined && records > limit ? 'bg-bad' : 'bg-source',
                  )}
                  style={{ height: `${Math.max(2, (clusters * 64) / most)}px` }}
                />
                <span className="text-ink-soft">{w.matching.records(records)}</span>
              </li>
            ))}
          </ul>
        )}
        {report.beyond > 0 && limit !== undefined && (
          <p className="mt-1 text-bad">{w.matching.beyond(report.beyond, limit)}</p>
        )}
      </section>
    </>
  )
}
