import { Plus, X } from 'lucide-react'
import { useContext } from 'react'
import type { Json, JsonPath } from '../../engine-worker/index.ts'
import { type DeclaredArgument, defaultValue, slotsOf } from '../pipe/bind.ts'
import { withInserted, withoutPath } from '../pipe/json-edits.ts'
import { usePipe } from '../pipe/pipe.ts'
import { changePipe, setAt } from '../pipe/pipe-changes.ts'
import { choosePlace } from '../pipe/pipe-view.ts'
import { usePipeWords } from '../pipe/pipe-words.ts'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { ExpressionField } from './ExpressionField.tsx'
import { constantOfText } from './expression.ts'
import { HopsField } from './HopsField.tsx'
import { NameField } from './NameField.tsx'
import { namesFor } from './names.ts'
import type { StepFormProps } from './nested-forms.ts'
import { RowsControl } from './RowsControl.tsx'
import { ItemsContext } from './scope.ts'
import { ValueEditor } from './ValueEditor.tsx'

/** The arguments of a step or expression as fields, each with its words; derived from the declaration. */
export function StepForm({ call, path, declared, except, isBrief = false }: StepFormProps) {
  const w = usePipeWords()
  const { id, readOnly } = usePipe()
  const around = useContext(ItemsContext)
  const slots = slotsOf(declared, call)?.filter(({ argument }) => argument.name !== except)
  if (!slots) return null
  // A function over each value of a list reads those values: they are the last argument.
  const items = [...path, call.length - 1]
  const addArgument = (argument: DeclaredArgument, end: number) =>
    changePipe(id, w.pipe.steps.change, (pipe) => withInserted(pipe, [...path, end], defaultValue(argument)))
  const removeArgument = (place: number) =>
    changePipe(id, w.pipe.steps.change, (pipe) => withoutPath(pipe, [...path, place]))
  const argumentField = (argument: DeclaredArgument, place: number) => (
    <ItemsContext value={argument.mode === 'fn' ? items : around}>
      <ArgumentField argument={argument} call={call} place={place} path={[...path, place]} />
    </ItemsContext>
  )
  return (
    <div className="flex flex-col gap-3">
      {slots.map(({ argument, places, end }) => {
        const several = argument.quantifier === 'many' || argument.quantifier === 'any-number'
        return (
          <fieldset key={argument.name} className="flex min-w-0 flex-col gap-1">
            <legend className="mb-1 text-ink-soft" title={argument.says}>
              {w.engine.argument(argument.name)}
              {argument.quantifier === 'optional' && (
                <span className="text-tiny text-ink-faint"> · {w.pipe.argument.optional}</span>
              )}
            </legend>
            {several ? (
              <RowsControl
                items={places.map((place) => call[place] ?? null)}
                disabled={readOnly}
                least={argument.quantifier === 'many' ? 1 : 0}
                fresh={() => defaultValue(argument)}
                fromTable={(table) => table.flat().map(constantOfText)}
                onChange={(next) => {
                  const [first = end] = places
                  const changed = [...call.slice(0, first), ...next, ...call.slice(first + places.length)]
                  setAt(id, path, changed, w.pipe.steps.change)
                }}
              >
                {(_, index) => argumentField(argument, places[index] ?? end)}
              </RowsControl>
            ) : (
              places.map((place) => (
                <div key={place} className="flex min-w-0 items-start gap-1">
                  <div className="min-w-0 flex-1">{argumentField(argument, place)}</div>
                  {argument.quantifier === 'optional' && !readOnly && (
                    <IconButton label={w.pipe.argument.remove} onClick={() => removeArgument(place)}>
                      <X size={14} aria-hidden />
                    </IconButton>
                  )}
                </div>
              ))
            )}
            {!readOnly && argument.quantifier === 'optional' && places.length === 0 && (
              <Button
                small
                look="quiet"
                className="self-start"
                icon={<Plus size={12} aria-hidden />}
                onClick={() => addArgument(argument, end)}
              >
                {w.pipe.argument.add}
              </Button>
            )}
            {argument.says !== undefined && !isBrief && <p className="text-tiny text-ink-faint">{argument.says}</p>}
          </fieldset>
        )
      })}
    </div>
  )
}

/** Arguments that are not expressions: they have a form of their own, or are edited as JSON. */
const configuredModes: ReadonlySet<DeclaredArgument['mode']> = new Set(['hops', 'cases', 'note'])

/** Kinds of names that have nothing to pick from. */
const freeNames: ReadonlySet<string> = new Set(['function', 'new-property', 'text-pattern'])

interface ArgumentFieldProps {
  readonly argument: DeclaredArgument
  readonly call: readonly Json[]
  readonly place: number
  readonly path: JsonPath
}

function ArgumentField({ argument, call, place, path }: ArgumentFieldProps) {
  const value = call[place] ?? null
  const w = usePipeWords()
  const { id, readOnly } = usePipe()
  if (argument.mode === 'transforms') {
    const steps = Array.isArray(value) ? (typeof value[0] === 'string' ? 1 : value.length) : 0
    return (
      <button
        type="button"
        onClick={() =>
          choosePlace(steps > 0 && Array.isArray(value) && typeof value[0] !== 'string' ? [...path, 0] : path)
        }
        className="chip hover:border-accent"
      >
        {w.pipe.nestedSteps(steps)}
      </button>
    )
  }
  if (argument.mode === 'json' && typeof value === 'object' && value !== null)
    return (
      <ValueEditor
        value={value}
        label={w.engine.argument(argument.name)}
        disabled={readOnly}
        onChange={(next) => setAt(id, path, next, w.pipe.steps.change, `field ${path.join('/')}`)}
      />
    )
  if (configuredModes.has(argument.mode) && typeof value === 'object' && value !== null)
    return <HopsField value={value} path={path} />
  const named = argument.names !== undefined && !freeNames.has(argument.names)
  if (named && typeof value === 'string' && !/^_[STPRB]?\./.test(value)) {
    return (
      <NameField
        names={argument.names ?? 'property'}
        value={value}
        label={w.engine.argument(argument.name)}
        suggested={argument.names === 'property' ? namesFor(call, place) : []}
        {...(argument.placeholder === undefined ? {} : { placeholder: argument.placeholder })}
        path={path}
        onChange={(next) => setAt(id, path, next, w.pipe.steps.change, `field ${path.join('/')}`)}
      />
    )
  }
  return (
    <ExpressionField
      value={value}
      path={path}
      label={w.engine.argument(argument.name)}
      beside={call.filter((each, index): each is string => index !== place && typeof each === 'string')}
    />
  )
}
