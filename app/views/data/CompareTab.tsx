import { Download } from 'lucide-react'
// papaparse: CSV with quotes and line ends inside cells.
import { useState } from 'react'
import type { AnswerOf } from '../../../engine-worker/index.ts'
import { useBrowseWords } from '../../data/browse-words.ts'
import { spreadsheetCsv } from '../../data/csv-formulas.ts'
import { groupOf, shortName } from '../../data/dataset.ts'
import { EntityDifferences } from '../../data/EntityDifferences.tsx'
import { count } from '../../i18n/numbers.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { saveFile } from '../../store/save-file.ts'
import { useQuery } from '../../store/use-query.ts'
import { Button } from '../../ui/Button.tsx'
import { FormField, Input, Select } from '../../ui/Field.tsx'

interface CompareTabProps {
  readonly dataset: string
  readonly onChoose: (id: string, dataset?: string) => void
}

/** The most entities of each kind that are named. */
const maxListed = 100

/** A dataset beside another one, matched by a key. */
export function CompareTab({ dataset, onChoose }: CompareTabProps) {
  const w = useBrowseWords().browse.compare
  const datasets = useEngine((state) => state.datasets)
  const version = useEngine((state) => state.version)
  const others = datasets.filter((each) => each.name !== dataset && groupOf(each) !== 'log')
  const [other, setOther] = useState('')
  const [key, setKey] = useState('_id')
  const [pair, setPair] = useState<readonly [string, string] | null>(null)
  const { value, failure, stale } = useQuery(
    other === '' || key.trim() === '' ? null : JSON.stringify([version, dataset, other, key]),
    (signal) => ask('compare-datasets', { left: dataset, right: other, key: key.trim(), most: maxListed }, { signal }),
    { about: `${dataset} ${other}`, delay: 300 },
  )
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-auto px-4 py-3">
      <div className="flex flex-wrap gap-4">
        <div className="w-64">
          <FormField label={w.with}>
            {(ids) => (
              <Select {...ids} value={other} onChange={(event) => setOther(event.target.value)}>
                <option value="">{w.choose}</option>
                {others.map((each) => (
                  <option key={each.name} value={each.name}>
                    {shortName(each)}
                  </option>
                ))}
              </Select>
            )}
          </FormField>
        </div>
        <div className="w-64">
          <FormField label={w.key} help={w.keySays}>
            {(ids) => <Input {...ids} className="mono" value={key} onChange={(event) => setKey(event.target.value)} />}
          </FormField>
        </div>
      </div>
      {failure !== null && <p className="text-bad">{failure}</p>}
      {other !== '' && value === null && failure === null && <p className="text-ink-soft">{w.working}</p>}
      {value !== null && other !== '' && (
        <div className={stale ? 'flex flex-col gap-4 opacity-60' : 'flex flex-col gap-4'}>
          <Result result={value} names={[dataset, other]} chosen={pair} onPair={setPair} onChoose={onChoose} />
          {pair !== null && (
            <EntityDifferences left={{ dataset, id: pair[0] }} right={{ dataset: other, id: pair[1] }} />
          )}
        </div>
      )}
    </div>
  )
}

interface ResultProps {
  readonly result: AnswerOf<'compare-datasets'>
  readonly names: readonly [string, string]
  readonly chosen: readonly [string, string] | null
  readonly onPair: (pair: readonly [string, string]) => void
  readonly onChoose: CompareTabProps['onChoose']
}

function Result({ result, names: [left, right], chosen, onPair, onChoose }: ResultProps) {
  const w = useBrowseWords().browse.compare
  const { same, differing, onlyLeft, onlyRight, doubled, keyless, properties, examples } = result
  const save = () => {
    const rows = [
      ...examples.onlyLeft.map((id) => [id, '', w.onlyLeft, '']),
      ...examples.onlyRight.map((id) => ['', id, w.onlyRight, '']),
      ...examples.differing.map((each) => [each.left, each.right, w.differing, each.properties.join(', ')]),
    ]
    saveFile(spreadsheetCsv([[left, right, '', w.property], ...rows]), 'comparison.csv', 'text/csv')
  }
  const notes = [
    ...(doubled.left > 0 ? [w.doubled(doubled.left, left)] : []),
    ...(doubled.right > 0 ? [w.doubled(doubled.right, right)] : []),
    ...(keyless.left > 0 ? [w.keyless(keyless.left, left)] : []),
    ...(keyless.right > 0 ? [w.keyless(keyless.right, right)] : []),
  ]
  const differs = differing + onlyLeft + onlyRight > 0
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-1">
        <ul className="flex min-w-0 flex-1 flex-wrap gap-x-6 gap-y-1 font-semibold">
          <li>{w.same(same)}</li>
          <li className={differing > 0 ? 'text-warn' : ''}>{w.differ(differing)}</li>
          <li>{w.left(onlyLeft)}</li>
          <li>{w.right(onlyRight, right)}</li>
        </ul>
        {differs && (
          <Button icon={<Download size={13} aria-hidden />} onClick={save}>
            {w.save}
          </Button>
        )}
      </div>
      {notes.map((note) => (
        <p key={note} className="text-warn">
          {note}
        </p>
      ))}
      {!differs && <p className="text-ink-soft">{w.nothing}</p>}
      {properties.length > 0 && (
        <section>
          <h2 className="eyebrow mb-1">{w.properties}</h2>
          <table className="rounded-lg border border-line bg-surface" aria-label={w.properties}>
            <thead className="bg-sunken text-left text-ink-soft">
              <tr>
                <th scope="col" className="px-3 py-1 font-semibold">
                  {w.property}
                </th>
                {[w.differing, w.onlyLeft, w.onlyRight].map((each) => (
                  <th key={each} scope="col" className="px-3 py-1 text-right font-semibold">
                    {each}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {properties.map((each) => (
                <tr key={each.name} className="border-t border-line">
                  <th scope="row" className="mono px-3 py-1 text-left font-normal">
                    {each.name}
                  </th>
                  {[each.differing, each.onlyLeft, each.onlyRight].map((value, at) => (
                    <td key={at} className="px-3 py-1 text-right tabular-nums">
                      {count(value)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <div className="flex flex-wrap gap-8">
        {examples.differing.length > 0 && (
          <Ids title={w.differ(differing)} shown={examples.differing.length} of={differing}>
            {examples.differing.map((each) => (
              <li key={each.left}>
                <button
                  type="button"
                  aria-current={chosen?.[0] === each.left ? 'true' : undefined}
                  className="link mono min-h-6 break-all"
                  onClick={() => onPair([each.left, each.right])}
                >
                  {each.left}
                </button>{' '}
                <span className="mono text-tiny text-ink-soft">{each.properties.join(', ')}</span>
              </li>
            ))}
          </Ids>
        )}
        {examples.onlyLeft.length > 0 && (
          <Ids title={w.left(onlyLeft)} shown={examples.onlyLeft.length} of={onlyLeft}>
            {examples.onlyLeft.map((id) => (
              <EntityLine key={id} id={id} onChoose={() => onChoose(id)} />
            ))}
          </Ids>
        )}
        {examples.onlyRight.length > 0 && (
          <Ids title={w.right(onlyRight, right)} shown={examples.onlyRight.length} of={onlyRight}>
            {examples.onlyRight.map((id) => (
              <EntityLine key={id} id={id} onChoose={() => onChoose(id, right)} />
            ))}
          </Ids>
        )}
      </div>
    </>
  )
}

interface IdsProps {
  readonly title: string
  readonly shown: number
  readonly of: number
  readonly children: React.ReactNode
}

function Ids({ title, shown, of, children }: IdsProps) {
  const w = useBrowseWords().browse.compare
  return (
    <section className="min-w-56">
      <h2 className="eyebrow mb-1">
        {title}
        {shown < of && ` · ${w.examples(shown)}`}
      </h2>
      <ul className="max-h-80 overflow-auto">{children}</ul>
    </section>
  )
}

function EntityLine({ id, onChoose }: { readonly id: string; readonly onChoose: () => void }) {
  return (
    <li>
      <button type="button" className="link mono min-h-6 break-all" onClick={onChoose}>
        {id}
      </button>
    </li>
  )
}
