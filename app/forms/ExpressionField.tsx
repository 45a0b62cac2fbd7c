import { useContext, useState } from 'react'
import { type Json, type JsonPath, literalCall, printJson } from '../../engine-worker/index.ts'
import { PropertyName } from '../data/PropertyName.tsx'
import { droppedProperty, isProperty } from '../pipe/drag.ts'
import { focusField } from '../pipe/focus.ts'
import { usePipe } from '../pipe/pipe.ts'
import { setAt } from '../pipe/pipe-changes.ts'
import { usePipeWords } from '../pipe/pipe-words.ts'
import { tracePath, useTracePoint } from '../pipe/preview-store.ts'
import { declarationOf, useFunctions } from '../pipe/vocabulary.ts'
import { classes } from '../ui/classes.ts'
import { Input } from '../ui/Field.tsx'
import { ChainField } from './ChainField.tsx'
import { callChain } from './call-chain.ts'
import { ExamplePicker } from './ExamplePicker.tsx'
import { ExpressionResult } from './ExpressionResult.tsx'
import {
  constantOfText,
  type ExpressionShape,
  expressionShape,
  isDefaultValue,
  withArguments,
  wrappedInCall,
} from './expression.ts'
import { FunctionPicker } from './FunctionPicker.tsx'
import { useNestedForms } from './nested-forms.ts'
import { newCall } from './new-call.ts'
import { PathPicker } from './PathPicker.tsx'
import { AliasContext, useFollowedInput, useIncomingEntities } from './scope.ts'
import { UnusedNote } from './UnusedNote.tsx'
import { ValueEditor } from './ValueEditor.tsx'
import { useSeenValues } from './values.ts'

interface ExpressionFieldProps {
  readonly value: Json
  readonly path: JsonPath
  readonly label: string
  /** The other texts of the call: what a constant is compared with. */
  readonly beside?: readonly string[]
  /** It is the first of a chain, which draws the frame. */
  readonly inChain?: boolean
}

/** An expression as blocks: a property, a constant, or a function with fields for its arguments; its value is below. */
export function ExpressionField({ value, path, label, beside = noTexts, inChain = false }: ExpressionFieldProps) {
  const w = usePipeWords()
  const { id, readOnly } = usePipe()
  const { StepForm } = useNestedForms()
  const [picking, setPicking] = useState<'property' | 'function' | 'wrap' | 'example' | null>(null)
  const [over, setOver] = useState(false)
  const functions = useFunctions()
  const point = useTracePoint(path)
  const followed = useFollowedInput(path)
  const others = useIncomingEntities(path)
  const aliases = useContext(AliasContext)
  const shape = expressionShape(
    value,
    aliases.map(({ alias }) => alias),
  )
  const known =
    shape === 'function' && Array.isArray(value) ? declarationOf(functions, 'expression', String(value[0])) : undefined
  const change = (next: Json, gesture = false) =>
    setAt(id, path, next, w.pipe.steps.change, gesture ? `field ${path.join('/')}` : null)
  const changeShape = (to: ExpressionShape) => {
    if (to === 'constant') change(shape === 'property' ? '' : '')
    else if (to === 'property' || to === 'function') setPicking(to)
    else change(literalCall(null))
  }
  const pickers = (
    <>
      {picking === 'property' && (
        <PathPicker
          path={path}
          onClose={() => setPicking(null)}
          onChoose={(next) => {
            setPicking(null)
            change(next)
          }}
        />
      )}
      {picking === 'example' && followed && (
        <ExamplePicker
          pipe={id}
          {...followed}
          others={others}
          onClose={() => setPicking(null)}
          onChoose={(next) => {
            setPicking(null)
            change(next)
          }}
        />
      )}
      {(picking === 'function' || picking === 'wrap') && (
        <FunctionPicker
          onClose={() => setPicking(null)}
          onChoose={(next) => {
            setPicking(null)
            const call = newCall(next)
            const keeps = picking === 'wrap' || shape === 'property'
            const changedCall =
              keeps && !isDefaultValue(value) ? wrappedInCall(call, value) : withArguments(call, value)
            change(changedCall)
            // The first argument that is still to be said.
            const open = Array.isArray(changedCall)
              ? changedCall.findIndex((each, index) => index > 0 && isDefaultValue(each))
              : -1
            if (open > 0) focusField([...path, open])
          }}
        />
      )}
    </>
  )
  const chain = shape === 'function' ? callChain(value, path, functions) : null
  if (chain) {
    const { head } = chain
    return (
      <div className="relative flex min-w-0 flex-col gap-1.5">
        <ChainField
          chain={chain}
          head={<ExpressionField value={head.value} path={head.path} label={label} beside={beside} inChain />}
          onThen={() => setPicking('wrap')}
          onExample={followed && (() => setPicking('example'))}
        />
        {pickers}
      </div>
    )
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a place to drop on; the picker does the same by keyboard
    <div
      onDragOver={(event) => {
        if (!isProperty(event) || readOnly) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false)
        const property = droppedProperty(event)
        if (property === null) return
        event.preventDefault()
        change(property)
      }}
      data-field={tracePath(path)}
      className={classes(
        'relative flex min-w-0 flex-col gap-1.5 rounded-md',
        !inChain && 'border p-1.5',
        over
          ? 'border-accent bg-accent-soft'
          : shape === 'function'
            ? 'border-transform/30 bg-transform-soft/40'
            : 'border-line',
      )}
    >
      <div className="flex min-w-0 items-center gap-1.5">
        <select
          aria-label={`${label}: ${w.pipe.kindLabel}`}
          value={shape}
          disabled={readOnly}
          onChange={(event) => {
            const next = (['property', 'constant', 'function', 'json'] as const).find(
              (each) => each === event.target.value,
            )
            if (next && next !== shape) changeShape(next)
          }}
          className="h-6 shrink-0 rounded-sm border border-line bg-surface px-1 text-tiny text-ink-soft"
        >
          {(['property', 'constant', 'function'] as const).map((each) => (
            <option key={each} value={each}>
              {w.pipe.kinds[each]}
            </option>
          ))}
          {shape === 'json' && <option value="json">{w.pipe.kinds.json}</option>}
        </select>
        {shape === 'property' && typeof value === 'string' && (
          <button
            type="button"
            disabled={readOnly}
            onClick={() => setPicking('property')}
            title={value}
            className="mono min-w-0 flex-1 truncate rounded-sm bg-source-soft px-1.5 text-left text-source"
          >
            <PropertyName name={value} />
          </button>
        )}
        {shape === 'constant' && (
          <ConstantField value={value} label={label} onChange={(next) => change(next, true)} disabled={readOnly} />
        )}
        {shape === 'function' && Array.isArray(value) && (
          <button
            type="button"
            disabled={readOnly}
            onClick={() => setPicking('function')}
            title={known?.says}
            className={classes(
              'mono min-w-0 flex-1 truncate rounded-sm px-1.5 text-left',
              known ? 'bg-transform-soft text-transform' : 'bg-bad-soft text-bad',
            )}
          >
            {String(value[0])}
          </button>
        )}
        {!readOnly && (
          <button
            type="button"
            title={w.pipe.wrap}
            aria-label={w.pipe.wrap}
            onClick={() => setPicking('wrap')}
            className="mono shrink-0 rounded-sm px-1 text-ink-faint hover:bg-hover hover:text-ink"
          >
            ƒ
          </button>
        )}
      </div>
      {shape === 'json' && (
        <ValueEditor value={value} label={label} disabled={readOnly} onChange={(next) => change(next, true)} />
      )}
      {shape === 'constant' && !readOnly && (
        <ConstantHelp
          value={value}
          path={path}
          beside={beside}
          onProperty={() => setPicking('property')}
          onFunction={() => setPicking('function')}
          onExample={followed && (() => setPicking('example'))}
          onValue={change}
        />
      )}
      {known && Array.isArray(value) && <StepForm call={value} path={path} declared={known} isBrief />}
      {point && (point.problem || shape !== 'constant') && <ExpressionResult point={point} />}
      {point?.unused && <UnusedNote unused={point.unused} />}
      {pickers}
    </div>
  )
}

interface ConstantFieldProps {
  readonly value: Json
  readonly label: string
  readonly disabled: boolean
  readonly onChange: (value: Json) => void
}

/** A constant as typed: a number, true, false and null are read as such, everything else is text. */
function ConstantField({ value, label, disabled, onChange }: ConstantFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? (typeof value === 'string' ? value : printJson(value))
  return (
    <Input
      mono
      aria-label={label}
      className="min-w-0 flex-1"
      value={shown}
      disabled={disabled}
      onChange={(event) => {
        setTyped(event.target.value)
        onChange(constantOfText(event.target.value))
      }}
      onBlur={() => setTyped(null)}
    />
  )
}

interface ConstantHelpProps {
  readonly value: Json
  readonly path: JsonPath
  readonly beside: readonly string[]
  readonly onProperty: () => void
  readonly onFunction: () => void
  /** Null where no entity is followed. */
  readonly onExample: (() => void) | null
  readonly onValue: (value: Json) => void
}

/** Help while a constant is empty: what it can become, and values that occur in the data. */
function ConstantHelp({ value, path, beside, onProperty, onFunction, onExample, onValue }: ConstantHelpProps) {
  const w = usePipeWords()
  const values = useSeenValues(path, beside)
  if (!isDefaultValue(value)) return null
  return (
    <div className="flex flex-wrap items-center gap-1 text-tiny text-ink-soft">
      <button type="button" className="chip hover:border-accent" onClick={onProperty}>
        {w.pipe.orProperty}
      </button>
      <button type="button" className="chip hover:border-accent" onClick={onFunction}>
        {w.pipe.orFunction}
      </button>
      {onExample && (
        <button type="button" className="chip hover:border-accent" onClick={onExample}>
          {w.pipe.orExample}
        </button>
      )}
      {values.length > 0 && <span>{w.pipe.seenValues}</span>}
      {values.map((each) => (
        <button key={printJson(each)} type="button" className="chip hover:border-accent" onClick={() => onValue(each)}>
          {typeof each === 'string' ? each : printJson(each)}
        </button>
      ))}
    </div>
  )
}

const noTexts: readonly string[] = []
