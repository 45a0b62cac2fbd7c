import type { MatchingReport, Model } from '../../../engine-worker/index.ts'
import { useSettings } from '../../store/settings.ts'
import { classes } from '../../ui/classes.ts'
import { Monogram } from './Monogram.tsx'
import { useModelWords } from './model-words.ts'
import { mappingSystem, shownValue } from './names.ts'
import { useGolden } from './queries.ts'

interface SideBySideProps {
  readonly model: Model
  readonly text: string
  readonly isSound: boolean
  readonly concept: string
  readonly cluster: MatchingReport['doubtful'][number]
}

/** The records of a cluster side by side: where they agree, where they do not, and what they become together. */
export function SideBySide({ model, text, isSound, concept, cluster }: SideBySideProps) {
  const w = useModelWords()
  const language = useSettings((state) => state.language)
  const { value, failure } = useGolden(text, isSound, concept, cluster.members)
  const golden = value ?? []
  const records = golden.flatMap((each) => each.records)
  const { keys = [], properties } = model.concepts[concept] ?? { properties: {} }
  const keyed = new Set(keys.flat())
  const names = [...keyed, ...Object.keys(properties).filter((name) => !keyed.has(name))]
  const hidden = cluster.members.length - Math.min(cluster.members.length, 8)
  return (
    <section aria-label={w.matching.question}>
      <h2 className="text-title">{w.matching.question}</h2>
      <p className="mb-3 text-ink-soft">
        {cluster.why === 'keys' ? w.matching.whyKeys(cluster.differing.join(', ')) : w.matching.whySeveral}
      </p>
      {failure !== null && <p className="text-bad">{failure}</p>}
      {failure === null && (value ?? null) === null && <p className="text-ink-soft">{w.reading}</p>}
      <div className="overflow-auto" tabIndex={0} role="group" aria-label={w.matching.question}>
        <table className="w-full text-left">
          <thead>
            <tr className="border-b border-line bg-sunken">
              <th scope="col" className="px-2 py-1 font-normal text-ink-soft">
                {w.matching.property}
              </th>
              {records.map(({ mapping, id }) => (
                <th scope="col" key={`${mapping} ${id}`} className="px-2 py-1 align-top">
                  <span className="flex items-center gap-1">
                    <Monogram system={mappingSystem(model, mapping)} /> {mapping}
                  </span>
                  <span className="mono block text-tiny font-normal text-ink-soft">{id}</span>
                </th>
              ))}
              <th scope="col" className="px-2 py-1 text-accent">
                {w.matching.together}
              </th>
            </tr>
          </thead>
          <tbody>
            {names.map((name) => {
              const texts = records.map(({ values }) => values[name])
              const distinctTexts = new Set(texts.filter((each) => each !== undefined))
              return (
                <tr key={name} className="border-b border-line">
                  <th scope="row" className="px-2 py-1 font-normal text-ink-soft">
                    {name}
                    {keyed.has(name) && <span className="ml-1 text-tiny text-accent">{w.matching.isKey}</span>}
                  </th>
                  {records.map(({ mapping, id, values }) => (
                    <td
                      key={`${mapping} ${id}`}
                      className={classes(
                        'mono px-2 py-1',
                        values[name] !== undefined &&
                          distinctTexts.size === 1 &&
                          texts.filter((each) => each !== undefined).length > 1 &&
                          'bg-good-soft',
                        values[name] !== undefined && distinctTexts.size > 1 && 'bg-bad-soft',
                      )}
                    >
                      {values[name] === undefined ? '–' : shownValue(values[name], language)}
                    </td>
                  ))}
                  <td className="mono px-2 py-1 font-semibold">
                    {golden
                      .map((each) => shownValue(each.values[name], language))
                      .filter(Boolean)
                      .join(' · ')}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {hidden > 0 && <p className="mt-2 text-tiny text-ink-soft">{w.matching.more(hidden)}</p>}
      <p className="mt-3 text-tiny text-ink-soft">{w.matching.advice}</p>
    </section>
  )
}
