import { Download, FileUp, Pencil, Plus, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { formatPart } from '../../../engine-worker/index.ts'
import { ProblemList } from '../../frame/ProblemList.tsx'
import { count } from '../../i18n/numbers.ts'
import { href } from '../../route.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useProject } from '../../store/project/project.ts'
import { changeSchemaModel, useSchemaModels } from '../../store/project/schema-models.ts'
import { fileName, saveFile } from '../../store/save-file.ts'
import { Button } from '../../ui/Button.tsx'
import { FileInput } from '../../ui/FileInput.tsx'
import { ModelDialog } from './ModelDialog.tsx'
import { effectiveModel, takeModels } from './model-texts.ts'
import { ALL_MODELS, type EntityTypesAnswer, type TypeRow } from './type-rows.ts'
import { useTypesWords } from './types-words.ts'

interface ModelPageProps {
  readonly project: string
  readonly answer: EntityTypesAnswer
  readonly model: string
  readonly rows: readonly TypeRow[]
  readonly onModel: (id: string) => void
}

/** A model with its entity types, or all of them; models are made, edited, saved and read from files here. */
export function ModelPage({ project, answer, model, rows, onModel }: ModelPageProps) {
  const words = useTypesWords()
  const w = words.types
  const readOnly = useProject((state) => state.readOnly)
  const { models: explicit, problems } = useSchemaModels()
  const [editing, setEditing] = useState<string | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const chosen = answer.models.find(({ id }) => id === model)
  const saved = chosen === undefined ? answer.models : [chosen]
  const save = async () => {
    const all = await Promise.all(
      saved.map((each) =>
        effectiveModel(each, explicit, async (pipe) => (await ask('entity-type', { pipe, side: 'sink' })).jsonSchema),
      ),
    )
    saveFile(`${formatPart(all)}\n`, `${fileName(chosen?.id ?? 'models')}.models.json`, 'application/json')
  }
  const origin = chosen?.isExplicit ? (chosen.isImplicit ? w.both : w.explicit) : w.implicit
  return (
    <section aria-label={w.title} className="flex min-h-0 min-w-0 flex-1 flex-col gap-4 overflow-auto px-5 py-4">
      <header className="flex flex-wrap items-center gap-2">
        <div className="min-w-64 flex-1">
          <h1 className="text-title [overflow-wrap:anywhere]">{chosen?.name ?? w.title}</h1>
          <p className="text-ink-soft">{chosen === undefined ? w.says : origin}</p>
        </div>
        {chosen?.isExplicit && !readOnly && (
          <>
            <Button icon={<Pencil size={13} aria-hidden />} onClick={() => setEditing(chosen.id)}>
              {w.editModel}
            </Button>
            <Button
              icon={<Trash2 size={13} aria-hidden />}
              onClick={() => {
                changeSchemaModel(w.removed(chosen.id), chosen.id, () => null)
                if (!chosen.isImplicit) onModel(ALL_MODELS)
              }}
            >
              {w.removeModel}
            </Button>
          </>
        )}
        <Button icon={<Download size={13} aria-hidden />} onClick={() => void save()}>
          {w.save}
        </Button>
        {!readOnly && (
          <>
            <Button icon={<FileUp size={13} aria-hidden />} onClick={() => input.current?.click()}>
              {w.take}
            </Button>
            <FileInput
              ref={input}
              accept=".json"
              testId="models-file"
              onFiles={(files) => void takeModels(files, model === ALL_MODELS ? null : model, w)}
            />
            <Button look="main" icon={<Plus size={13} aria-hidden />} onClick={() => setEditing('')}>
              {w.newModel}
            </Button>
          </>
        )}
      </header>
      {problems.length > 0 && (
        <div className="rounded-lg border border-line bg-surface">
          <ProblemList problems={problems} project={project} />
        </div>
      )}
      <div className="overflow-x-auto">
        <table className="w-full whitespace-nowrap rounded-lg border border-line bg-surface" aria-label={w.list}>
          <thead className="bg-sunken text-left text-ink-soft">
            <tr>
              {(['type', 'side', 'dataset', 'models'] as const).map((column) => (
                <th key={column} scope="col" className="px-3 py-1 font-semibold">
                  {w.columns[column]}
                </th>
              ))}
              {(['entities', 'properties'] as const).map((column) => (
                <th key={column} scope="col" className="px-3 py-1 text-right font-semibold">
                  {w.columns[column]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, side, known, models }) => (
              <tr key={`${id} ${side}`} className="border-t border-line hover:bg-hover">
                <th scope="row" className="max-w-80 truncate px-3 py-1.5 text-left font-normal">
                  <a
                    href={href({ at: 'types', project, model, type: id, side })}
                    className="rounded-sm font-semibold hover:underline"
                  >
                    {id}
                  </a>
                </th>
                <td className="px-3 py-1.5 text-ink-soft">{known === null ? w.noPipe : w.side[side]}</td>
                <td className="mono max-w-60 truncate px-3 py-1.5 text-ink-soft">{known?.dataset ?? ''}</td>
                <td className="max-w-60 truncate px-3 py-1.5 text-ink-soft">{models.join(', ')}</td>
                <td className="px-3 py-1.5 text-right">{known?.entities == null ? '' : count(known.entities)}</td>
                <td className="px-3 py-1.5 text-right" title={known?.properties?.join(', ')}>
                  {known?.properties == null ? '' : count(known.properties.length)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length === 0 && <p className="px-3 py-2 text-ink-soft">{w.none}</p>}
      </div>
      {editing !== null && (
        <ModelDialog
          id={editing === '' ? null : editing}
          model={explicit.find((each) => each.id === editing) ?? null}
          taken={explicit.map(({ id }) => String(id))}
          pipes={answer.types.filter(({ side }) => side === 'sink').map(({ pipe }) => pipe)}
          onClose={() => setEditing(null)}
          onSaved={(id) => {
            setEditing(null)
            onModel(id)
          }}
        />
      )}
    </section>
  )
}
