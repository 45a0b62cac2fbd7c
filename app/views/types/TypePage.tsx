import { Download } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { entityTypesIn, formatPart, isObject, type JsonObject, modelId } from '../../../engine-worker/index.ts'
import { SchemaHistory, SchemaTable } from '../../data/SchemaTable.tsx'
import { ProblemList } from '../../frame/ProblemList.tsx'
import { count } from '../../i18n/numbers.ts'
import { go, href } from '../../route.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useProject } from '../../store/project/project.ts'
import { useSchemaModels } from '../../store/project/schema-models.ts'
import { fileName, saveFile } from '../../store/save-file.ts'
import { useQuery } from '../../store/use-query.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureBar } from '../../ui/FailureBar.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { DescriptionField } from './DescriptionField.tsx'
import { ModelsOfPipe } from './ModelsOfPipe.tsx'
import { effectiveModel } from './model-texts.ts'
import { ALL_MODELS, type TypeRow } from './type-rows.ts'
import { useTypesWords } from './types-words.ts'

interface TypePageProps {
  readonly project: string
  /** The model that was chosen, or {@link ALL_MODELS}. */
  readonly model: string
  readonly id: string
  readonly side: TypeRow['side']
  readonly row: TypeRow | null
  readonly onSide: (side: TypeRow['side']) => void
}

/** One entity type: its properties with their types, what models say of them, and how it came to be so. */
export function TypePage({ project, model, id, side, row, onSide }: TypePageProps) {
  const words = useTypesWords()
  const w = words.types
  const version = useEngine((state) => state.version)
  const readOnly = useProject((state) => state.readOnly)
  const { models } = useSchemaModels()
  const [isChoosing, setChoosing] = useState(false)
  const known = row?.known ?? null
  const key = known === null ? null : `${version} ${models.length} ${JSON.stringify(models)}`
  const { value, failure } = useQuery(key, (signal) => ask('entity-type', { pipe: id, side }, { signal }), {
    about: `${id} ${side}`,
  })
  // A description that is written while all models are shown goes to the model of the beginning of the id.
  const into =
    side === 'source' ? null : model === ALL_MODELS ? (known?.models.at(-1) ?? row?.models[0] ?? null) : model
  const written = models
    .flatMap((each) => entityTypesIn(each))
    .filter((each) => side === 'sink' && modelId(each) === id)
  const save = async () => {
    const named = { id: into ?? id, name: id, isImplicit: true, isExplicit: true, types: [id] }
    const { entity_types: types } = await effectiveModel(named, models, async () => value?.jsonSchema ?? {})
    const [type] = Array.isArray(types) ? types : []
    saveFile(`${formatPart(type ?? {})}\n`, `${fileName(id)}.${side}.schema.json`, 'application/schema+json')
  }
  const descriptionOf = (property: string): ReactNode => (
    <DescriptionField
      property={property}
      type={id}
      into={readOnly ? null : into}
      models={side === 'sink' ? models : []}
    />
  )
  const dataset = known?.dataset ?? null
  return (
    <section aria-label={id} className="flex min-h-0 min-w-0 flex-1 flex-col gap-4 overflow-auto px-5 py-4">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-64 flex-1">
          <h1 className="mono text-title [overflow-wrap:anywhere]">{id}</h1>
          <p className="flex flex-wrap gap-x-3 text-ink-soft">
            {known !== null && (
              <a className="link" href={href({ at: 'pipe', project, pipe: id })}>
                {w.pipe}
              </a>
            )}
            {dataset !== null && (
              <a className="link" href={href({ at: 'data', project, dataset, entity: null })}>
                {w.dataset}
              </a>
            )}
            {value !== null && value.unknown === null && (
              <span>{value.isExact ? w.of(count(value.entities)) : w.ofFirst(count(value.entities))}</span>
            )}
          </p>
        </div>
        {known !== null && (
          <Segments
            label={w.sideTitle}
            value={side}
            onChange={onSide}
            options={(['source', 'sink'] as const).map((each) => ({ id: each, label: w.side[each] }))}
          />
        )}
        <Button icon={<Download size={13} aria-hidden />} onClick={() => void save()}>
          {words.browse.schema.save}
        </Button>
      </header>
      {side === 'sink' && row !== null && (
        <p className="flex flex-wrap items-center gap-2">
          <span className="text-ink-soft">{w.inModels}</span>
          {row.models.map((each) => (
            <a
              key={each}
              href={href({ at: 'types', project, model: each, type: id, side })}
              className="rounded-md bg-accent-soft px-2 text-accent hover:underline"
            >
              {each}
            </a>
          ))}
          {known !== null && !readOnly && (
            <Button small onClick={() => setChoosing(true)}>
              {w.ofPipe.open}
            </Button>
          )}
        </p>
      )}
      <FailureBar failure={failure} />
      {value !== null && value.differences.length > 0 && (
        <div className="rounded-lg border border-line bg-surface">
          <h2 className="eyebrow px-4 pt-2">{w.differences}</h2>
          <ProblemList problems={value.differences} project={project} label={w.differences} />
        </div>
      )}
      {known === null && <p className="text-ink-soft">{w.noPipeSays(id)}</p>}
      {known !== null && value === null && failure === null && (
        <p className="text-ink-soft">{words.browse.schema.inferring}</p>
      )}
      {value !== null && value.unknown !== null && <p className="text-ink-soft">{w.unknown[value.unknown]}</p>}
      {known === null && <WrittenProperties types={written} descriptionOf={descriptionOf} />}
      {value !== null && value.unknown === null && (
        <>
          <SchemaTable
            schema={value}
            {...(dataset === null
              ? {}
              : { onProperty: (property: string) => go({ at: 'lineage', project, dataset, property }) })}
            {...(side === 'sink' ? { described: { heading: w.description, of: descriptionOf } } : {})}
          />
          {dataset !== null && <SchemaHistory history={value.history} />}
        </>
      )}
      {isChoosing && known !== null && <ModelsOfPipe type={known} onClose={() => setChoosing(false)} />}
    </section>
  )
}

/** The properties that models write of a type that is no pipe. */
function WrittenProperties({
  types,
  descriptionOf,
}: {
  readonly types: readonly JsonObject[]
  readonly descriptionOf: (property: string) => ReactNode
}) {
  const properties = new Map(types.flatMap((type) => Object.entries(isObject(type.properties) ? type.properties : {})))
  return (
    <ul className="rounded-lg border border-line bg-surface">
      {[...properties].map(([name, schema]) => (
        <li key={name} className="flex flex-wrap items-center gap-x-4 border-b border-line px-3 py-1 last:border-b-0">
          <span className="mono w-56">{name}</span>
          <span className="w-32 text-ink-soft">
            {isObject(schema) ? String(schema.subtype ?? schema.type ?? '') : ''}
          </span>
          <span className="min-w-48 flex-1">{descriptionOf(name)}</span>
        </li>
      ))}
    </ul>
  )
}
