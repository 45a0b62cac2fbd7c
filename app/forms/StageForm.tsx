import { useMemo } from 'react'
import type { JsonObject } from '../../engine-worker/index.ts'
import type { KindDeclaration, KindRole } from '../../engine-worker/protocol.ts'
import { setAt, usePipe } from '../canvas/pipe/pipe.ts'
import type { Path } from '../canvas/pipe/tree.ts'
import { isObject } from '../canvas/pipe/tree.ts'
import { useEngine } from '../store/engine.ts'
import { Field as Labelled, Select } from '../ui/Field.tsx'
import { useWords } from '../words/words.ts'
import { Form } from './Form.tsx'
import { isBuildable, MergeForm, mergeBuilt } from './MergeForm.tsx'

interface StageFormProps {
  /** What of a pipe it is. */
  readonly part: KindRole
  readonly type: string
  readonly config: JsonObject
  readonly path: Path
}

/** The form of a stage, or of the pipe itself: its type, and the fields that the declaration has. */
export function StageForm({ part, type, config, path }: StageFormProps) {
  const w = useWords()
  const { id, readOnly } = usePipe()
  const kinds = useEngine((state) => state.catalogue?.kinds)
  const same = useMemo(() => (kinds ?? []).filter((kind) => kind.role === part), [kinds, part])
  const declaration = same.find((kind) => kind.type === type || kind.alias?.includes(type))
  const builds = part === 'source' && declaration?.type === 'merge' && isBuildable(config)
  const turn = (to: KindDeclaration) => setAt(id, path, turned(config, to), w.pipe.steps.change)
  return (
    <>
      <header className="flex flex-col gap-1">
        <h2 className="text-title">
          {part === 'pipe'
            ? id
            : isStage(part)
              ? w.pipe.stageTitle(declaration?.label ?? type)
              : (declaration?.label ?? type)}
        </h2>
        {declaration && <p className="text-ink-soft">{declaration.says}</p>}
      </header>
      {same.length > 1 && (
        <Labelled label={w.forms.type}>
          {(ids) => (
            <Select
              {...ids}
              value={declaration?.type ?? type}
              disabled={readOnly}
              onChange={(event) => {
                const next = same.find((kind) => kind.type === event.target.value)
                if (next) turn(next)
              }}
            >
              {!declaration && <option value={type}>{type}</option>}
              {same.map((kind) => (
                <option key={kind.type} value={kind.type}>
                  {kind.label} ({kind.type})
                </option>
              ))}
            </Select>
          )}
        </Labelled>
      )}
      {builds && <MergeForm config={config} path={path} />}
      {declaration && (
        <Form
          fields={builds ? declaration.fields.filter(({ name }) => !mergeBuilt.has(name)) : declaration.fields}
          value={config}
          path={path}
        />
      )}
      {!declaration && <p className="rounded-md bg-warn-soft px-2 py-1 text-warn">{w.forms.unknownType(type)}</p>}
    </>
  )
}

/** The configuration of another type: what both types know is kept, what is missing comes from the template. */
function turned(config: JsonObject, to: KindDeclaration): JsonObject {
  const template = isObject(to.template) ? to.template : {}
  const names = new Set(to.fields.map(({ name }) => name))
  const kept = Object.entries(config).filter(([key]) => key !== 'type' && names.has(key))
  return { ...template, ...Object.fromEntries(kept), type: to.type }
}

function isStage(part: KindRole): boolean {
  return part === 'source' || part === 'transform' || part === 'sink'
}
