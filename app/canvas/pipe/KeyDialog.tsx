import { useState } from 'react'
import type { TableKeys } from '../../../engine-worker/index.ts'
import { count } from '../../i18n/numbers.ts'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { closeKeyDialog, findTableKeys, insertKeyColumn, setKey, useKeyDialog } from '../../store/project/table-key.ts'
import { useQuery } from '../../store/use-query.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'

/** Columns, or a column that is added to the rows. */
type Choice = { readonly columns: readonly string[] } | { readonly add: 'row' | 'hash' }

/** Lets a person say what tells the rows of a CSV source apart. */
export function KeyDialog() {
  const pipe = useKeyDialog((state) => state.pipe)
  return pipe === null ? null : <OpenKeyDialog key={pipe} pipe={pipe} />
}

function OpenKeyDialog({ pipe }: { readonly pipe: string }) {
  const w = usePipeWords()
  const { value: keys, failure } = useQuery(`keys ${pipe}`, () => findTableKeys(pipe))
  const [chosen, setChosen] = useState(0)
  const [own, setOwn] = useState<readonly string[]>([])
  const choices = keys ? choicesOf(keys, own) : []
  const choice = choices[chosen]
  const apply = async () => {
    if (!choice) return
    closeKeyDialog()
    if ('columns' in choice) setKey(pipe, choice.columns, w.pipe.key.step)
    else await insertKeyColumn(pipe, choice.add, w.pipe.key.step)
  }
  const says = keys
    ? keys.single.length > 0
      ? w.pipe.key.found(count(keys.rows))
      : w.pipe.key.none(count(keys.rows))
    : (failure ?? undefined)
  return (
    <Dialog
      open
      onClose={closeKeyDialog}
      title={w.pipe.key.title(pipe)}
      says={says}
      footer={
        <>
          <Button onClick={closeKeyDialog}>{w.common.cancel}</Button>
          <Button
            look="main"
            disabled={!choice || ('columns' in choice && choice.columns.length === 0)}
            onClick={() => void apply()}
          >
            {w.pipe.key.apply}
          </Button>
        </>
      }
    >
      {keys && (
        <fieldset className="flex flex-col gap-1">
          <legend className="sr-only">{w.pipe.key.title(pipe)}</legend>
          {choices.map((each, at) => (
            <label key={at} className="flex cursor-pointer items-start gap-2 rounded-md px-2 py-1.5 hover:bg-hover">
              <input
                type="radio"
                name="key"
                checked={at === chosen}
                onChange={() => setChosen(at)}
                className="mt-1 accent-accent"
              />
              <ChoiceText choice={each} keys={keys} isOwn={at === choices.length - 1} />
            </label>
          ))}
          {chosen === choices.length - 1 && <Columns keys={keys} own={own} onChange={setOwn} />}
        </fieldset>
      )}
    </Dialog>
  )
}

/** Keys that were found first, then columns that can be added, then columns of one's own choice. */
function choicesOf({ single, several }: TableKeys, own: readonly string[]): readonly Choice[] {
  return [
    ...single.slice(0, 6).map((column) => ({ columns: [column] })),
    ...(several ? [{ columns: several }] : []),
    { add: 'row' },
    { add: 'hash' },
    { columns: own },
  ]
}

interface ChoiceTextProps {
  readonly choice: Choice
  readonly keys: TableKeys
  readonly isOwn: boolean
}

function ChoiceText({ choice, keys, isOwn }: ChoiceTextProps) {
  const w = usePipeWords()
  if (isOwn) return <span>{w.pipe.key.own}</span>
  if ('columns' in choice) {
    return (
      <span className="min-w-0">
        <code className="[overflow-wrap:anywhere]">{choice.columns.join(' + ')}</code>
        <span className="block text-tiny text-ink-soft">{w.pipe.key.differs}</span>
      </span>
    )
  }
  const repeated = choice.add === 'hash' && keys.repeated > 0 ? ` ${w.pipe.key.repeated(keys.repeated)}` : ''
  return (
    <span>
      {w.pipe.key[choice.add].label}
      <span className="block text-tiny text-ink-soft">{w.pipe.key[choice.add].says + repeated}</span>
    </span>
  )
}

interface ColumnsProps {
  readonly keys: TableKeys
  readonly own: readonly string[]
  readonly onChange: (columns: readonly string[]) => void
}

/** Columns to combine, in the order in which they were chosen. */
function Columns({ keys, own, onChange }: ColumnsProps) {
  const w = usePipeWords()
  return (
    <div
      role="group"
      aria-label={w.pipe.key.own}
      className="ml-8 flex max-h-40 flex-wrap gap-x-4 gap-y-1 overflow-auto"
    >
      {keys.columns
        .filter((name) => name !== '')
        .map((name) => (
          <label key={name} className="flex items-center gap-1.5">
            <input
              type="checkbox"
              checked={own.includes(name)}
              onChange={({ target }) => onChange(target.checked ? [...own, name] : own.filter((each) => each !== name))}
              className="accent-accent"
            />
            <code>{name}</code>
          </label>
        ))}
    </div>
  )
}
