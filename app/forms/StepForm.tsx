import { Plus, X } from 'lucide-react'
import { useContext } from 'react'
import type { Json, JsonPath } from '../../engine-worker/index.ts'
import { useWords } from '../i18n/i18n.ts'
import { type DeclaredArgument, defaultValue, slotsOf } from '../pipe/bind.ts'
import { insert, remove } from '../pipe/json-edits.ts'
import { changePipe, setAt, usePipe } from '../pipe/pipe.ts'
import { choose } from '../pipe/pipe-view.ts'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { ExpressionField } from './ExpressionField.tsx'
import { HopsField } from './HopsField.tsx'
import { NameField } from './NameField.tsx'
import { namesFor } from './names.ts'
import type { StepFormProps } from './nested-forms.ts'
import { ItemsContext } from './scope.ts'

/** The arguments of a step or expression as fields, each with its words; derived from the declaration. */
export function StepForm({ call, path, declared }: StepFormProps) {
  const w = useWords()
  const { id, readOnly } = usePipe()
  const around = useContext(ItemsContext)
  const slots = slotsOf(declared, call)
  if (!slots) return null
  // A function over each value of a list reads those values: they are the last argument.
  const items = [...path, call.length - 1]
  const add = (argument: DeclaredArgument, end: number) =>
    changePipe(id, w.pipe.steps.change, (pipe) => insert(pipe, [...path, end], defaultValue(argument)))
  const drop = (place: number) => changePipe(id, w.pipe.steps.change, (pipe) => remove(pipe, [...path, place]))
  return (
    <div className="flex flex-col gap-3">
      {slots.map(({ argument, places, end }) => {
        const several = argument.quantifier === 'many' || argument.quantifier === 'any-number'
        const removable = several || argument.quantifier === 'optional'
        return (
          <fieldset key={argument.name} className="flex min-w-0 flex-col gap-1">
            <legend className="mb-1 text-ink-soft">
              {w.engine.argument(argument.name)}
              {argument.quantifier === 'optional' && (
                <span className="text-tiny text-ink-faint"> · {w.pipe.argument.optional}</span>
              )}
            </legend>
            {places.map((place) => (
              <ItemsContext key={place} value={argument.mode === 'fn' ? items : around}>
                <div className="flex min-w-0 items-start gap-1">
                  <div className="min-w-0 flex-1">
                    <ArgumentField argument={argument} call={call} place={place} path={[...path, place]} />
                  </div>
                  {removable && !readOnly && (argument.quantifier !== 'many' || places.length > 1) && (
                    <IconButton label={w.pipe.argument.remove} onClick={() => drop(place)}>
                      <X size={14} aria-hidden />
                    </IconButton>
                  )}
                </div>
              </ItemsContext>
            ))}
            {!readOnly && removable && (several || places.length === 0) && (
              <Button
                small
                look="quiet"
                className="self-start"
                icon={<Plus size={12} aria-hidden />}
                onClick={() => add(argument, end)}
              >
                {w.pipe.argument.add}
              </Button>
            )}
            {argument.says !== undefined && <p className="text-tiny text-ink-faint">{argument.says}</p>}
          </fieldset>
        )
      })}
    </div>
  )
}

/** Arguments that are not expressions: they have a form of their own, or are edited as JSON. */
const configured: ReadonlySet<DeclaredArgument['mode']> = new Set(['json', 'hops', 'cases', 'note'])

/** Kinds of names that have nothing to pick from. */
const free: ReadonlySet<string> = new Set(['function', 'new-property', 'text-pattern'])

interface ArgumentFieldProps {
  readonly argument: DeclaredArgument
  readonly call: readonly Json[]
  readonly place: number
  readonly path: JsonPath
}

function ArgumentField({ argument, call, place, path }: ArgumentFieldProps) {
  const value = call[place] ?? null
  const w = useWords()
  const { id } = usePipe()
  if (argument.mode === 'transforms') {
    const steps = Array.isArray(value) ? (typeof value[0] === 'string' ? 1 : value.length) : 0
    return (
      <button
        type="button"
        onClick={() => choose(steps > 0 && Array.isArray(value) && typeof value[0] !== 'string' ? [...path, 0] : path)}
        className="chip hover:border-accent"
      >
        {w.pipe.nestedSteps(steps)}
      </button>
    )
  }
  if (configured.has(argument.mode) && typeof value === 'object' && value !== null)
    return <HopsField value={value} path={path} />
  const named = argument.names !== undefined && !free.has(argument.names)
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
