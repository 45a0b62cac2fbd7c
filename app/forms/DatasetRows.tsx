import { Play, Plus, X } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Json, JsonPath } from '../../engine-worker/index.ts'
import { count } from '../i18n/numbers.ts'
import { withInserted, withoutPath, withValueAt } from '../pipe/json-edits.ts'
import { usePipe } from '../pipe/pipe.ts'
import { changePipe, setAt } from '../pipe/pipe-changes.ts'
import { usePipeWords } from '../pipe/pipe-words.ts'
import { useEngine } from '../store/engine/state.ts'
import { runPipes } from '../store/project/runs.ts'
import { Button } from '../ui/Button.tsx'
import { Input, Select } from '../ui/Field.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Picker } from '../ui/Picker.tsx'
import type { DatasetAlias } from './scope.ts'

interface DatasetRowsProps {
  /** As written: `customer c`. */
  readonly datasets: readonly string[]
  /** Of the list. */
  readonly path: JsonPath
  /** The smallest number of datasets. */
  readonly least: number
}

/** Datasets with the names that conditions call them by. */
export function DatasetRows({ datasets, path, least }: DatasetRowsProps) {
  const w = usePipeWords()
  const { id, readOnly } = usePipe()
  const [picking, setPicking] = useState(false)
  const names = useDatasetNames()
  const summaries = useEngine((state) => state.datasets)
  const label = w.pipe.steps.change
  const addDataset = (name: string) => {
    setPicking(false)
    const entry = `${name} ${freeAlias(name, datasets)}`
    changePipe(id, label, (pipe) =>
      datasets.length === 0 ? withValueAt(pipe, path, [entry]) : withInserted(pipe, [...path, datasets.length], entry),
    )
  }
  return (
    <div className="flex flex-col gap-1">
      {datasets.map((entry, index) => {
        const { dataset, alias } = aliasOfEntry(entry)
        const setDataset = (next: string, as: string) => {
          const text = `${next} ${as}`.trim()
          setAt(id, [...path, index], text, label, `dataset ${path.join('/')} ${index}`)
        }
        return (
          <div key={`${index} of ${datasets.length}`} className="flex items-center gap-1">
            <Select
              aria-label={w.pipe.hops.dataset}
              value={dataset}
              disabled={readOnly}
              onChange={(event) => setDataset(event.target.value, alias)}
            >
              {!names.includes(dataset) && <option value={dataset}>{dataset}</option>}
              {names.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </Select>
            <span className="text-ink-soft">{w.pipe.hops.as}</span>
            <span className="w-16 shrink-0">
              <Input
                mono
                aria-label={w.pipe.hops.alias}
                value={alias}
                disabled={readOnly}
                onChange={(event) => setDataset(dataset, event.target.value.replace(/\s/g, ''))}
              />
            </span>
            {!readOnly && datasets.length > least && (
              <IconButton
                label={w.pipe.argument.remove}
                onClick={() => changePipe(id, label, (pipe) => withoutPath(pipe, [...path, index]))}
              >
                <X size={14} aria-hidden />
              </IconButton>
            )}
          </div>
        )
      })}
      <NotRun datasets={datasets.map((entry) => aliasOfEntry(entry).dataset)} />
      {!readOnly && (
        <span className="relative self-start">
          <Button small look="quiet" icon={<Plus size={12} aria-hidden />} onClick={() => setPicking(true)}>
            {datasets.length === 0 ? w.pipe.hops.firstDataset : w.pipe.hops.addDataset}
          </Button>
          {picking && (
            <Picker
              label={w.pipe.hops.dataset}
              placeholder={w.pipe.hops.findDataset}
              rows={names.map((name) => {
                const live = summaries.find((each) => each.name === name)?.live
                return {
                  id: name,
                  label: name,
                  says: '',
                  value: name,
                  ...(live === undefined ? {} : { aside: count(live) }),
                }
              })}
              onClose={() => setPicking(false)}
              onChoose={({ value }) => addDataset(value)}
              onFree={addDataset}
            />
          )}
        </span>
      )}
    </div>
  )
}

/** Offers to run the pipes whose datasets have no data yet: without it nothing can be said of a join. */
function NotRun({ datasets }: { readonly datasets: readonly string[] }) {
  const w = usePipeWords()
  const facts = useEngine((state) => state.facts)
  const summaries = useEngine((state) => state.datasets)
  const empty = datasets.filter((name) => !summaries.some((each) => each.name === name))
  const pipes = facts.filter(({ writes }) => writes !== null && empty.includes(writes)).map(({ pipe }) => pipe)
  const isRunning = useEngine((state) => pipes.some((pipe) => state.last[pipe]?.state === 'running'))
  if (pipes.length === 0) return null
  return (
    <p
      role="status"
      className="flex flex-wrap items-center gap-2 rounded-md bg-warn-soft px-2 py-1 text-tiny text-warn"
    >
      <span className="min-w-0 flex-1">{w.pipe.hops.noData(empty.join(', '))}</span>
      <Button small icon={<Play size={12} aria-hidden />} disabled={isRunning} onClick={() => void runPipes({ pipes })}>
        {w.pipe.hops.run(pipes.join(', '))}
      </Button>
    </p>
  )
}

/** The datasets of the project: those that pipes write or read. */
function useDatasetNames(): readonly string[] {
  const facts = useEngine((state) => state.facts)
  return useMemo(
    () => [...new Set(facts.flatMap(({ writes, reads }) => [...(writes === null ? [] : [writes]), ...reads]))].sort(),
    [facts],
  )
}

/** The dataset and the name of an entry as written. */
export function aliasOfEntry(entry: Json): DatasetAlias {
  const [dataset = '', alias = ''] = typeof entry === 'string' ? entry.trim().split(/\s+/) : []
  return { dataset, alias }
}

/** The first letters of a dataset's name that no other has. */
function freeAlias(name: string, datasets: readonly Json[]): string {
  const taken = new Set(datasets.map((entry) => aliasOfEntry(entry).alias))
  const letters = name.toLowerCase().replace(/[^a-z]/g, '') || 'd'
  for (let length = 1; length <= letters.length; length++) {
    const alias = letters.slice(0, length)
    if (!taken.has(alias)) return alias
  }
  for (let n = 2; ; n++) if (!taken.has(`${letters}${n}`)) return `${letters}${n}`
}
