import { ChevronDown } from 'lucide-react'
import { useMemo, useState } from 'react'
import { isObject, type JsonObject, type KindDeclaration, type KindRole } from '../../engine-worker/index.ts'
import { usePipe } from '../pipe/pipe.ts'
import { setAt } from '../pipe/pipe-changes.ts'
import { usePipeWords } from '../pipe/pipe-words.ts'
import { documentationOf, useCatalogue } from '../store/catalogue.ts'
import { useDescribedKinds } from '../store/microservices.ts'
import { FormField as Labelled } from '../ui/Field.tsx'
import { KindIcon } from '../ui/KindIcon.tsx'
import { Picker } from '../ui/Picker.tsx'
import { Form } from './Form.tsx'
import { isBuildable, MergeForm, mergeBuilt } from './MergeForm.tsx'
import type { StageFormProps } from './nested-forms.ts'

/** The form of a stage, or of the pipe itself: its type, and the fields that the declaration has. */
export function StageForm({ part, type, config, path }: StageFormProps) {
  const w = usePipeWords()
  const { id, readOnly } = usePipe()
  const [picking, setPicking] = useState(false)
  const kinds = useCatalogue()?.kinds
  const same = useMemo(() => (kinds ?? []).filter((kind) => kind.role === part), [kinds, part])
  const describeKind = useDescribedKinds()
  const plain = same.find((kind) => kind.type === type || kind.alias?.includes(type))
  const declaration = plain && describeKind(plain, config)
  const builds = part === 'source' && declaration?.readsDatasets === 'merge' && isBuildable(config)
  const changeType = (to: KindDeclaration) => setAt(id, path, withType(config, to), w.pipe.steps.change)
  return (
    <>
      <header className="flex flex-col gap-1">
        <h2 className="flex items-center gap-2 text-title">
          {declaration?.icon !== undefined && part !== 'pipe' && <KindIcon icon={declaration.icon} size={15} />}
          {part === 'pipe'
            ? id
            : isStage(part)
              ? w.pipe.stageTitle(declaration?.label ?? type)
              : (declaration?.label ?? type)}
        </h2>
        {declaration && (
          <p className="text-ink-soft">
            {declaration.says}{' '}
            {part !== 'pipe' && (
              <a
                className="link whitespace-nowrap"
                href={documentationOf(declaration)}
                target="_blank"
                rel="noreferrer"
              >
                {w.forms.documentation}
              </a>
            )}
          </p>
        )}
      </header>
      {same.length > 1 && (
        <Labelled label={w.forms.type}>
          {(ids) => (
            <span className="relative">
              <button
                type="button"
                {...ids}
                aria-haspopup="listbox"
                aria-label={`${w.forms.type}: ${declaration?.label ?? type}`}
                disabled={readOnly}
                onClick={() => setPicking(true)}
                className="flex h-7 w-full items-center gap-2 rounded-md border border-line bg-surface px-2 text-left hover:border-line-strong disabled:opacity-60"
              >
                <span className="min-w-0 flex-1 truncate">{declaration?.label ?? type}</span>
                <span className="mono text-tiny text-ink-soft">{declaration?.type ?? type}</span>
                <ChevronDown size={12} aria-hidden />
              </button>
              {picking && (
                <Picker
                  label={w.forms.type}
                  placeholder={w.forms.chooseType}
                  rows={same.map((kind) => ({
                    id: kind.type,
                    label: kind.label,
                    says: kind.says,
                    aside: kind.type,
                    value: kind,
                  }))}
                  onClose={() => setPicking(false)}
                  onChoose={({ value }) => {
                    setPicking(false)
                    changeType(value)
                  }}
                />
              )}
            </span>
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
function withType(config: JsonObject, to: KindDeclaration): JsonObject {
  const template = isObject(to.template) ? to.template : {}
  const names = new Set(to.fields.map(({ name }) => name))
  const kept = Object.entries(config).filter(([key]) => key !== 'type' && names.has(key))
  return { ...template, ...Object.fromEntries(kept), type: to.type }
}

function isStage(part: KindRole): boolean {
  return part === 'source' || part === 'transform' || part === 'sink'
}
