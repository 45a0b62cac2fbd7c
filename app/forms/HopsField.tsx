import { Plus, X } from 'lucide-react'
import { useMemo } from 'react'
import { type Json, type JsonObject, printJson } from '../../engine-worker/index.ts'
import { changePipe, setAt, usePipe } from '../canvas/pipe/pipe.ts'
import { insert, isObject, type Path, remove } from '../canvas/pipe/tree.ts'
import { useEngine } from '../store/engine.ts'
import { Button } from '../ui/Button.tsx'
import { Input, Select } from '../ui/Field.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { useWords } from '../words/words.ts'
import { ExpressionField } from './ExpressionField.tsx'

/** A join: which datasets, under which names, and what must be equal. Anything else of it stays as it is written. */
export function HopsField({ value, path }: { readonly value: Json; readonly path: Path }) {
  const w = useWords()
  const { id, readOnly } = usePipe()
  const facts = useEngine((state) => state.facts)
  const names = useMemo(
    () => [...new Set(facts.flatMap(({ writes, reads }) => [...(writes === null ? [] : [writes]), ...reads]))].sort(),
    [facts],
  )
  if (!isObject(value) || !isListOfText(value.datasets)) return <code className="break-all">{printJson(value)}</code>
  const { datasets } = value
  const where = conditionsOf(value)
  const wherePath = (index: number): Path => (where.listed ? [...path, 'where', index] : [...path, 'where'])
  const label = w.pipe.steps.change
  const add = () =>
    changePipe(id, label, (pipe) =>
      insert(pipe, [...path, 'datasets', datasets.length], `${names[0] ?? 'dataset'} ${freeAlias(datasets)}`),
    )
  const addCondition = () => {
    const alias = (datasets.at(-1) ?? '').split(/\s+/)[1] ?? 'd'
    const list: Json[] = [...where.list, ['eq', '_S._id', `${alias}._id`]]
    setAt(id, [...path, 'where'], list, label)
  }
  return (
    <div className="flex flex-col gap-2 rounded-md border border-dashed border-hops/50 bg-hops-soft/40 p-2">
      {datasets.map((entry, index) => {
        const [dataset = '', alias = ''] = entry.trim().split(/\s+/)
        const set = (next: string, as: string) =>
          setAt(id, [...path, 'datasets', index], `${next} ${as}`.trim(), label, `hops ${path.join('/')} ${index}`)
        return (
          <div key={`${index} of ${datasets.length}`} className="flex items-center gap-1">
            <Select
              aria-label={w.pipe.hops.dataset}
              value={dataset}
              disabled={readOnly}
              onChange={(event) => set(event.target.value, alias)}
            >
              {!names.includes(dataset) && <option value={dataset}>{dataset}</option>}
              {names.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </Select>
            <span className="text-ink-soft">{w.pipe.hops.as}</span>
            <Input
              mono
              className="w-16 shrink-0"
              aria-label={w.pipe.hops.alias}
              value={alias}
              disabled={readOnly}
              onChange={(event) => set(dataset, event.target.value.replace(/\s/g, ''))}
            />
            {!readOnly && datasets.length > 1 && (
              <IconButton
                label={w.pipe.argument.remove}
                onClick={() => changePipe(id, label, (pipe) => remove(pipe, [...path, 'datasets', index]))}
              >
                <X size={14} aria-hidden />
              </IconButton>
            )}
          </div>
        )
      })}
      {!readOnly && (
        <Button small look="quiet" className="self-start" icon={<Plus size={12} aria-hidden />} onClick={add}>
          {w.pipe.hops.addDataset}
        </Button>
      )}
      <p className="text-ink-soft">{w.pipe.hops.where}</p>
      {where.list.map((condition, index) => (
        <div key={`${index} of ${where.list.length}`} className="flex min-w-0 items-start gap-1">
          <div className="min-w-0 flex-1">
            <ExpressionField value={condition} path={wherePath(index)} label={w.pipe.hops.where} />
          </div>
          {!readOnly && where.list.length > 1 && where.listed && (
            <IconButton
              label={w.pipe.argument.remove}
              onClick={() => changePipe(id, label, (pipe) => remove(pipe, wherePath(index)))}
            >
              <X size={14} aria-hidden />
            </IconButton>
          )}
        </div>
      ))}
      {!readOnly && (
        <Button small look="quiet" className="self-start" icon={<Plus size={12} aria-hidden />} onClick={addCondition}>
          {w.pipe.hops.addCondition}
        </Button>
      )}
      {value.return !== undefined && (
        <>
          <p className="text-ink-soft">{w.pipe.hops.gives}</p>
          <ExpressionField value={value.return} path={[...path, 'return']} label={w.pipe.hops.gives} />
        </>
      )}
    </div>
  )
}

/** The conditions of a join; one alone may be written without a list around it. */
function conditionsOf(spec: JsonObject): { readonly list: readonly Json[]; readonly listed: boolean } {
  const { where } = spec
  if (Array.isArray(where) && typeof where[0] !== 'string') return { list: where, listed: true }
  return { list: where === undefined ? [] : [where], listed: where === undefined }
}

function isListOfText(value: Json | undefined): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function freeAlias(datasets: readonly string[]): string {
  const taken = new Set(datasets.map((entry) => entry.trim().split(/\s+/)[1]))
  return [...'abcdefghijklmnopqrstuvwxyz'].find((letter) => !taken.has(letter)) ?? `d${datasets.length}`
}
