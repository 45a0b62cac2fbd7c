import { ArrowDown, ArrowUp, Copy, Trash2 } from 'lucide-react'
import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { formatPart, type Json, type JsonPath, printJson, readConfig } from '../../../engine-worker/index.ts'
import { ExpressionField } from '../../forms/ExpressionField.tsx'
import { expressionShape } from '../../forms/expression.ts'
import { FormProvider } from '../../forms/FormProvider.tsx'
import { StageForm } from '../../forms/StageForm.tsx'
import { StepForm } from '../../forms/StepForm.tsx'
import { focusAround } from '../../pipe/focus.ts'
import { samePath, valueAtPath } from '../../pipe/json-edits.ts'
import { usePipe, usePlace } from '../../pipe/pipe.ts'
import { setAt } from '../../pipe/pipe-changes.ts'
import { usePipeView } from '../../pipe/pipe-view.ts'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { useTracePoint } from '../../pipe/preview-store.ts'
import { stagesOf } from '../../pipe/stages.ts'
import { isStepPlace } from '../../pipe/step-place.ts'
import { declarationOf, useFunctions } from '../../pipe/vocabulary.ts'
import { useFunctionTable } from '../../store/catalogue.ts'
import { failureText } from '../../store/failure.ts'
import { endEditGroup } from '../../store/project/project.ts'
import { Button } from '../../ui/Button.tsx'
import { TextArea } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { QuickFix } from '../../ui/QuickFix.tsx'
import { rememberFocus } from '../../ui/restore-focus.ts'
import { duplicateChosen, moveChosen, removeChosen } from './actions.ts'
import { RuleForm } from './RuleForm.tsx'

/** The chosen place of the pipe: its form, its result for the followed entity, its JSON. */
export function PipeInspector() {
  const { value } = usePipe()
  const selected = usePipeView((state) => state.selected)
  const stage = selected === null ? undefined : stagesOf(value).find(({ path }) => samePath(path, selected))
  const path: JsonPath = selected ?? []
  const here = usePlace(path)
  const giveBack = useRef<(() => void) | null>(null)
  const keepFocus = (event: FocusEvent) => {
    const inside = event.currentTarget.contains(event.target)
    if (inside) giveBack.current = rememberFocus(event.target)
  }
  useEffect(() => {
    // The edit removed the focused element (a suggestion, a row): the focus moves to the nearest one.
    const left = document.activeElement
    if (left === document.body || left === null) giveBack.current?.()
    else if (!left.closest('[data-form], [role=dialog]')) giveBack.current = null
  })
  // Escape goes back to what the form is about.
  const handleEscape = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) focusAround(path)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape in any of the fields goes back to the canvas
    <div
      data-form=""
      className="flex flex-col gap-4 p-4"
      onKeyDown={handleEscape}
      onFocus={keepFocus}
      onBlur={endEditGroup}
    >
      <FormProvider>
        {stage ? (
          <StageForm key={stage.id} part={stage.role} type={stage.type} config={stage.config} path={stage.path} />
        ) : selected === null || here === undefined ? (
          <StageForm key="pipe" part="pipe" type="pipe" config={value} path={[]} />
        ) : isRulePlace(path) ? (
          <RuleForm key={path.join('/')} path={path} />
        ) : (
          <Part key={path.join('/')} value={here} path={path} />
        )}
      </FormProvider>
      <JsonField
        key={`json ${path.join('/')}`}
        value={here ?? valueAtPath(value, []) ?? null}
        path={here === undefined ? [] : path}
      />
    </div>
  )
}

/** Whether a place is a rule as a whole: a list of steps by its name. */
function isRulePlace(path: JsonPath): boolean {
  return path.at(-2) === 'rules'
}

/** A step or an expression. */
function Part({ value, path }: { readonly value: Json; readonly path: JsonPath }) {
  const w = usePipeWords()
  const { id, value: pipe, readOnly } = usePipe()
  const functions = useFunctions()
  const table = useFunctionTable()
  const point = useTracePoint(path)
  const name = Array.isArray(value) && typeof value[0] === 'string' ? value[0] : null
  const index = path.at(-1)
  const isStep = isStepPlace(pipe, path, table) && name !== null
  const known = name === null ? undefined : declarationOf(functions, isStep ? 'transform' : 'expression', name)
  return (
    <>
      <header>
        <div className="flex items-center gap-1">
          <h2 className="min-w-0 flex-1 truncate text-title">
            {isStep
              ? w.pipe.stepTitle(name ?? '')
              : w.pipe.expressionTitle(name ?? w.pipe.kinds[expressionShape(value, [])])}
          </h2>
          {isStep && !readOnly && typeof index === 'number' && <StepTools id={id} index={index} />}
        </div>
        {known && <p className="mt-1 text-ink-soft">{known.says}</p>}
      </header>
      {isStep && known && Array.isArray(value) ? (
        <StepForm call={value} path={path} declared={known} />
      ) : (
        !isStep && <ExpressionField value={value} path={path} label={w.pipe.expressionTitle('')} />
      )}
      {point && (
        <section>
          <h3 className="eyebrow mb-1">{w.pipe.result}</h3>
          {point.problem ? (
            <div className="flex items-center gap-2 rounded-md bg-bad-soft px-2 py-1 text-bad">
              <p className="min-w-0 flex-1">{w.engine.message(point.problem)}</p>
              <QuickFix problems={[point.problem]} />
            </div>
          ) : (
            point.value !== null && (
              <pre
                tabIndex={0}
                role="region"
                aria-label={w.pipe.result}
                className="max-h-48 overflow-auto rounded-md bg-sunken p-2 whitespace-pre-wrap"
              >
                {point.value}
              </pre>
            )
          )}
          <p className="mt-1 text-tiny text-ink-faint">{w.pipe.values.times(point.times)}</p>
        </section>
      )}
    </>
  )
}

/** What can be done with a step as a whole. */
function StepTools({ id, index }: { readonly id: string; readonly index: number }) {
  const w = usePipeWords()
  return (
    <span data-tools="" className="flex shrink-0">
      <IconButton label={w.pipe.moveUp} disabled={index === 0} onClick={() => moveChosen(id, -1)}>
        <ArrowUp size={14} aria-hidden />
      </IconButton>
      <IconButton label={w.pipe.moveDown} onClick={() => moveChosen(id, 1)}>
        <ArrowDown size={14} aria-hidden />
      </IconButton>
      <IconButton label={w.pipe.duplicate} onClick={() => duplicateChosen(id)}>
        <Copy size={14} aria-hidden />
      </IconButton>
      <IconButton label={w.pipe.remove} onClick={() => removeChosen(id)}>
        <Trash2 size={14} aria-hidden />
      </IconButton>
    </span>
  )
}

/** Signs of JSON that a field of plain text still shows without waiting: modules in base64 have millions. */
const LONGEST_JSON = 200_000

/** The JSON of the chosen place; applied when it is right, never half. */
function JsonField({ value, path }: { readonly value: Json; readonly path: JsonPath }) {
  const w = usePipeWords()
  const { id, readOnly } = usePipe()
  const [typed, setTyped] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const text = typed ?? formatPart(value).trimEnd()
  const apply = () => {
    if (typed === null) return
    try {
      setAt(id, path, readConfig(typed), w.pipe.steps.change)
      setTyped(null)
      setProblem(null)
    } catch (error) {
      setProblem(failureText(error))
    }
  }
  if (text.length > LONGEST_JSON) return <p className="text-tiny text-ink-soft">{w.pipe.jsonTooLong}</p>
  return (
    <details open={path.length > 0}>
      <summary className="eyebrow">{w.pipe.json}</summary>
      <TextArea
        mono
        className="mt-1"
        rows={Math.min(24, text.split('\n').length + 1)}
        aria-label={w.pipe.json}
        value={text}
        readOnly={readOnly}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={apply}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) apply()
          if (event.key === 'Escape') {
            setTyped(null)
            setProblem(null)
          }
        }}
      />
      {problem !== null && (
        <p role="alert" className="text-tiny text-bad">
          {w.pipe.jsonBroken(problem)}
        </p>
      )}
      {typed !== null && problem === null && printJson(value) !== typed && (
        <Button small className="mt-1" onClick={apply}>
          {w.pipe.apply}
        </Button>
      )}
    </details>
  )
}
