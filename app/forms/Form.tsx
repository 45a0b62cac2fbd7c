import { useMemo } from 'react'
import { type Field, fieldAims, type JsonObject, type JsonPath, typeAmong } from '../../engine-worker/index.ts'
import { useWords } from '../i18n/i18n.ts'
import { usePipe } from '../pipe/pipe.ts'
import { setAt } from '../pipe/pipe-changes.ts'
import { tracePath } from '../pipe/preview-store.ts'
import { documentationOf } from '../store/catalogue.ts'
import { useEngine } from '../store/engine/state.ts'
import { FormField as Labelled } from '../ui/Field.tsx'
import { QuickFix } from '../ui/QuickFix.tsx'
import { Control } from './Control.tsx'
import { defaultText } from './JsonControl.tsx'
import type { FormProps } from './nested-forms.ts'

/** From this number of fields on they are grouped by purpose. */
const manyFields = 7

/**
 * Fields in the order of the declaration: what is set or required in sight, the advanced ones folded away. Many stand in
 * groups by what one wants to do with them; a group of advanced ones that are not set is folded to its name.
 */
export function Form({ fields, value, path }: FormProps) {
  const w = useWords()
  // What is set is shown whatever it depends on: it would go out unseen.
  const shown = useMemo(
    () => fields.filter((field) => (isApplicable(field, value) || Object.hasOwn(value, field.name)) && !isStage(field)),
    [fields, value],
  )
  const isSet = ({ name }: Field) => Object.hasOwn(value, name)
  const offered = shown.filter((field) => isSet(field) || field.required || field.deprecated === undefined)
  if (offered.length < manyFields) return <FieldGroup fields={offered} value={value} path={path} />
  const main = offered.filter(({ aim }) => aim === undefined)
  return (
    <div className="flex flex-col gap-3">
      <FieldGroup fields={main} value={value} path={path} />
      {fieldAims.map((aim) => {
        const fields = offered.filter((field) => field.aim === aim)
        if (fields.length === 0) return null
        const group = <FieldGroup fields={fields} value={value} path={path} />
        return (
          <details
            key={aim}
            open={fields.some((field) => isSet(field) || !field.advanced)}
            className="border-t border-line pt-2"
          >
            <summary className="font-medium">
              {w.forms.aims[aim]} <span className="text-tiny text-ink-faint tabular-nums">{fields.length}</span>
            </summary>
            <div className="mt-2">{group}</div>
          </details>
        )
      })}
    </div>
  )
}

/** The fields of one group: what is set or required or plain, then what is advanced, folded away. */
function FieldGroup({ fields, value, path }: FormProps) {
  const w = useWords()
  const shownFields = fields.filter((field) => Object.hasOwn(value, field.name) || field.required || !field.advanced)
  // A group of nothing but advanced fields is folded as a whole already.
  const plain = shownFields.length === 0 && fields.every(({ aim }) => aim !== undefined) ? fields : shownFields
  const advanced = fields.filter((field) => !plain.includes(field))
  return (
    <div className="flex flex-col gap-3">
      {plain.map((field) => (
        <FormField key={field.name} field={field} value={value} path={path} />
      ))}
      {advanced.length > 0 && (
        <details>
          <summary className="eyebrow">{w.forms.advanced(advanced.length)}</summary>
          <div className="mt-2 flex flex-col gap-3">
            {advanced.map((field) => (
              <FormField key={field.name} field={field} value={value} path={path} />
            ))}
          </div>
        </details>
      )}
    </div>
  )
}

interface FormFieldProps {
  readonly field: Field
  readonly value: JsonObject
  readonly path: JsonPath
}

function FormField({ field, value, path }: FormFieldProps) {
  const w = useWords()
  const { id, readOnly } = usePipe()
  const here = useMemo(() => [...path, field.name], [path, field.name])
  const set = Object.hasOwn(value, field.name) ? value[field.name] : undefined
  const found = useEngine((state) =>
    state.problems.find(
      ({ where, severity }) =>
        severity !== 'hint' &&
        where.pipe === id &&
        where.path !== undefined &&
        tracePath(where.path) === tracePath(here),
    ),
  )
  const missing = field.required && set === undefined ? w.forms.required : null
  const help = field.default === undefined ? field.says : `${field.says} ${w.forms.default(defaultText(field.default))}`
  return (
    <Labelled
      label={
        <>
          {w.engine.field(field.name)}
          {w.engine.field(field.name) !== field.name && (
            <code className="ml-2 text-tiny text-ink-faint">{field.name}</code>
          )}
          {field.sesamOnly && <span className="ml-2 text-tiny text-ink-faint">{w.forms.sesamOnly}</span>}
          {field.deprecated !== undefined && <span className="ml-2 text-tiny text-warn">{field.deprecated}</span>}
        </>
      }
      aside={
        <>
          {found && <QuickFix problems={[found]} />}
          {field.doc !== undefined && (
            <a
              className="link text-tiny"
              href={documentationOf({ doc: field.doc })}
              aria-label={w.forms.documentationOf(field.name)}
              target="_blank"
              rel="noreferrer"
            >
              {w.forms.documentation}
            </a>
          )}
          {set !== undefined && !readOnly && !field.required && (
            <button
              type="button"
              className="link text-tiny"
              aria-label={w.forms.step.unset(field.name)}
              onClick={() => setAt(id, here, undefined, w.forms.step.unset(field.name))}
            >
              {w.forms.unset}
            </button>
          )}
        </>
      }
      help={help}
      problem={found ? w.engine.message(found) : missing}
      required={field.required ?? false}
    >
      {(ids) => (
        <Control
          type={typeAmong(field.type, value)}
          value={set}
          otherwise={field.default}
          path={here}
          ids={ids}
          disabled={readOnly}
          onChange={(next) => setAt(id, here, next, w.forms.step.set(field.name), `field ${here.join('/')}`)}
        />
      )}
    </Labelled>
  )
}

/** Stages of the pipe have forms of their own. */
function isStage({ name, type }: Field): boolean {
  return (
    (type.is === 'kind' && type.of !== 'pump') ||
    (name === 'transform' && type.is === 'either') ||
    name === '_id' ||
    name === 'type'
  )
}

function isApplicable({ when }: Field, value: JsonObject): boolean {
  if (!when) return true
  return Object.entries(when).every(([key, allowed]) => {
    const has = Object.hasOwn(value, key) ? value[key] : undefined
    return allowed.some((each) => each === has)
  })
}
