import type { AnswerOf, Model } from '../../../engine-worker/index.ts'
import { printJson } from '../../../engine-worker/index.ts'
import { humanText } from '../../data/readable-values.ts'
import { useWords } from '../../i18n/i18n.ts'
import { useSettings } from '../../store/settings.ts'
import { Monogram } from './Monogram.tsx'
import { useModelWords } from './model-words.ts'
import { mappingSystem } from './names.ts'

type Change = AnswerOf<'modelSharing'>['changes'][number]

interface DryRunProps {
  readonly model: Model
  readonly changes: readonly Change[]
  readonly problems: AnswerOf<'modelSharing'>['problems']
  /** The model has changed since. */
  readonly isStale: boolean
}

const operationClasses = {
  insert: 'bg-good-soft text-good',
  update: 'bg-sink-soft text-sink',
  delete: 'bg-bad-soft text-bad',
  none: 'bg-sunken text-ink-soft',
} as const

/** What would be sent now: each record, each property, and why. Nothing is sent. */
export function DryRun({ model, changes, problems, isStale }: DryRunProps) {
  const w = useModelWords()
  const all = useWords()
  return (
    <section aria-label={w.sharing.result} className="mt-4 rounded-lg border border-line bg-surface shadow-low">
      <h2 className="eyebrow flex border-b border-line px-3 py-2">
        <span className="flex-1">{w.sharing.result}</span>
        {isStale && <span className="text-warn">{w.sharing.stale}</span>}
      </h2>
      {problems.map((problem, index) => (
        <p key={index} className="px-3 py-1 text-bad">
          {all.engine.message(problem)}
        </p>
      ))}
      {changes.length === 0 && problems.length === 0 && <p className="p-3 text-ink-soft">{w.sharing.nothing}</p>}
      <ul className="max-h-96 overflow-auto" tabIndex={0} aria-label={w.sharing.result}>
        {changes.map((change, index) => (
          <li key={index} className="border-b border-line px-3 py-2 last:border-b-0">
            <ChangeText model={model} change={change} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function ChangeText({ model, change }: { readonly model: Model; readonly change: Change }) {
  const w = useModelWords()
  const language = useSettings((state) => state.language)
  const { mapping, operation, why, origins, record } = change
  const valueText = (value: Change['why'][number]['before']) => (value === null ? '–' : humanText(value, language))
  return (
    <>
      <p className="flex flex-wrap items-center gap-2">
        <span className={`rounded-full px-2 text-tiny ${operationClasses[operation]}`}>
          {w.sharing.operation[operation]}
        </span>
        <Monogram system={mappingSystem(model, mapping)} />
        <b>{mapping}</b>
        <span className="mono text-ink-soft">{origins.find((origin) => origin.startsWith(`${mapping}:`)) ?? ''}</span>
        {operation === 'insert' && <span className="text-ink-soft">{w.sharing.fromRecords(origins.join(', '))}</span>}
      </p>
      {why.length > 0 && (
        <table className="mt-1 text-tiny">
          <thead className="sr-only">
            <tr>
              <th scope="col">{w.mastering.property}</th>
              <th scope="col">{w.sharing.before}</th>
              <th scope="col">{w.sharing.after}</th>
              <th scope="col">{w.sharing.why}</th>
            </tr>
          </thead>
          <tbody>
            {why.map(({ property, before, after, rule, from }) => (
              <tr key={property}>
                <th scope="row" className="mono pr-4 text-left font-normal text-ink-soft">
                  {property}
                </th>
                <td className="mono pr-2 text-bad line-through">{operation === 'insert' ? '' : valueText(before)}</td>
                <td className="mono pr-4 text-good">{valueText(after)}</td>
                <td className="text-ink-soft">
                  {rule === null ? '' : ruleIn(w.mastering.why, rule)}
                  {from.length > 0 && ` · ${w.sharing.fromRecords(from.join(', '))}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {operation === 'delete' && <p className="mono text-tiny text-ink-soft">{printJson(record)}</p>}
    </>
  )
}

function ruleIn(words: Readonly<Record<string, string>>, rule: string): string {
  return words[rule] ?? rule
}
